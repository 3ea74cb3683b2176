package com.threadly.benchmarks.stub;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.process.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stub's process, and its controls. */
public final class Stub implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final ChildProcess process;

    private Stub(URI base, ChildProcess process) {
        this.base = base;
        this.process = process;
    }

    /** Starts a stub; it accepts pushes when this returns. */
    public static Stub start(List<String> classPath, int port, Path log, Watchdog watchdog) {
        var base = URI.create("http://127.0.0.1:" + port);
        var command = List.of("-cp", String.join(":", classPath), StubPusher.class.getName(), Integer.toString(port));
        var program = new Program(
                "stub",
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"),
                command,
                Map.of(),
                log,
                base.resolve(StubPusher.REPORT));
        return new Stub(base, ChildProcess.start(program, watchdog).awaitReady(LIMIT));
    }

    /** The address for pushes: host and port. */
    public String address() {
        return base.getAuthority();
    }

    /**
     * Forgets all arrivals.
     *
     * @param delay before each response from now on
     * @param conversations whose order is checked
     * @param arrivals of how many messages to record the arrival
     */
    public void begin(Duration delay, int conversations, int arrivals) throws IOException, InterruptedException {
        var _ = ask(String.format(
                Locale.ROOT,
                "%s?delay=%d&conversations=%d&arrivals=%d",
                StubPusher.BEGIN,
                delay.toMillis(),
                conversations,
                arrivals));
    }

    public StubReport report() throws IOException, InterruptedException {
        return StubReport.of(new String(ask(StubPusher.REPORT), StandardCharsets.US_ASCII));
    }

    /** When each message arrived, by {@link System#nanoTime} of the machine; 0 for missing ones. */
    public long[] arrivals() throws IOException, InterruptedException {
        var longs = ByteBuffer.wrap(ask(StubPusher.ARRIVALS)).asLongBuffer();
        var times = new long[longs.remaining()];
        longs.get(times);
        return times;
    }

    private byte[] ask(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(LIMIT)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());
        return response.body();
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }
}
