package com.threadly.pusherserver;

import static com.threadly.localstack.testing.Tools.need;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.rest.data.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The browser's library, pusher-js, under Node. */
class PusherJsIT {

    private static final Path SOURCES = Path.of("src/test/pusher-js").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target/pusher-js").toAbsolutePath();

    private final List<Subscriber> subscribers = new ArrayList<>();
    private final TestServer test = new TestServer();

    @BeforeAll
    static void installPusherJs() throws IOException, InterruptedException {
        need(isOnPath("node") && isOnPath("npm"), "Node.js and npm are not installed: pusher-js is not tested");
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(npm.getInputStream().readAllBytes(), UTF_8);
        assertThat(npm.waitFor()).as(output).isZero();
    }

    @AfterEach
    void stop() {
        subscribers.forEach(Subscriber::close);
        test.close();
    }

    @Test
    void getsEventsOfPublicAndPrivateChannelsInOrder() throws IOException {
        Subscriber ana = subscriber("ana", "status-updates", "private-user-ana");
        ana.awaits("status-updates subscribed", "private-user-ana subscribed");

        test.http()
                .trigger(List.of(
                        new Event("private-user-ana", "n", Map.of("i", 1)),
                        new Event("status-updates", "s", Map.of("title", "“é” 😀")),
                        new Event("private-user-ana", "n", Map.of("i", 2))));

        ana.awaits(
                "status-updates subscribed",
                "private-user-ana subscribed",
                "private-user-ana n {\"i\":1}",
                "status-updates s {\"title\":\"“é” 😀\"}",
                "private-user-ana n {\"i\":2}");
    }

    @Test
    void seesMembersAndTheirClientEvents() throws IOException {
        Subscriber ana = subscriber("ana", "presence-p");
        ana.awaits("presence-p subscribed 1 Name of ana");
        Subscriber ben = subscriber("ben", "presence-p");
        ben.awaits("presence-p subscribed 2 Name of ben");

        ben.types("presence-p client-typing {\"isTyping\":true}");
        ana.awaits(
                "presence-p subscribed 1 Name of ana",
                "presence-p pusher:member_added ben Name of ben",
                "presence-p typing {\"isTyping\":true} ben");
        ben.close();

        ana.awaits(
                "presence-p subscribed 1 Name of ana",
                "presence-p pusher:member_added ben Name of ben",
                "presence-p typing {\"isTyping\":true} ben",
                "presence-p pusher:member_removed ben Name of ben");
    }

    @Test
    void doesNotGetWhatItsOwnSocketCaused() throws IOException {
        Subscriber ana = subscriber("ana", "c");
        ana.awaits("c subscribed");

        test.http().trigger("c", "e", Map.of("i", 1), ana.socketId());
        test.http().trigger("c", "e", Map.of("i", 2));

        ana.awaits("c subscribed", "c e {\"i\":2}");
    }

    private Subscriber subscriber(String user, String... channels) throws IOException {
        var command = new ArrayList<>(List.of(
                "node",
                SOURCES.resolve("subscriber.mjs").toString(),
                INSTALLED + "/",
                Integer.toString(test.server().port()),
                TestServer.APP.key(),
                TestServer.APP.secret(),
                user));
        command.addAll(List.of(channels));
        var subscriber = new Subscriber(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        subscribers.add(subscriber);
        return subscriber;
    }

    private static boolean isOnPath(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A Node process with one pusher-js client, and what it printed. */
    private static final class Subscriber {

        private final Process process;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Subscriber(Process process) {
            this.process = process;
            Thread.startVirtualThread(() -> {
                try (var reader = process.inputReader(UTF_8)) {
                    reader.lines().forEach(lines::add);
                } catch (IOException e) {
                    lines.add(e.toString());
                }
            });
        }

        String socketId() {
            return lines.getFirst().substring("connected ".length());
        }

        void awaits(String... expected) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(lines).isNotEmpty();
                assertThat(lines.subList(1, lines.size())).containsExactly(expected);
            });
        }

        void types(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        }

        void close() {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (IOException | InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }
}
