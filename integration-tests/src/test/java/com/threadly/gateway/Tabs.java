package com.threadly.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.LocalStack;
import com.threadly.payload.Payloads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Tabs of one browser, and the lines that report what they saw. */
final class Tabs implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private record Settings(String origin, String key, String wsHost, int wsPort, String gateway) {}

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Tabs(Process process) {
        this.process = process;
        Thread.startVirtualThread(() -> {
            try (var reader = process.inputReader(UTF_8)) {
                reader.lines().forEach(lines::add);
            } catch (IOException e) {
                lines.add("failed: " + e);
            }
        });
    }

    static Tabs open(List<String> program, LocalStack stack) throws IOException {
        var command = new ArrayList<>(program);
        command.add(Payloads.json(new Settings(
                stack.page().toString(),
                stack.settings().getOrDefault("PUSHER_KEY", ""),
                stack.pusher().host(),
                stack.pusher().port(),
                stack.gateway().toString())));
        return new Tabs(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void does(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    void subscribes(String tab, String... channels) throws IOException {
        for (String channel : channels) {
            does("subscribe " + tab + " " + channel);
            sees(tab + " " + channel + " subscribed");
        }
    }

    /** Waits for a line with this beginning. */
    void sees(String beginning) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith(beginning)));
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException | InterruptedException e) {
            // It is killed below anyway.
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
