package com.threadly.runtime.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code health}: checks the process on this machine; for container images without an HTTP client. */
@Command(
        name = HealthCommand.NAME,
        mixinStandardHelpOptions = true,
        description =
                "Checks whether the process on this machine is ready: exit code 0 if so, otherwise 1, with the reason.")
public final class HealthCommand implements Callable<Integer> {

    public static final String NAME = "health";

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final IntSupplier adminPort;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(names = "--live", description = "Check liveness instead of readiness.")
    private boolean live;

    /** {@code adminPort} is called when the command runs. */
    public HealthCommand(IntSupplier adminPort) {
        this.adminPort = adminPort;
    }

    @Override
    public Integer call() throws InterruptedException {
        URI question = URI.create(String.format(
                Locale.ROOT,
                "http://%s:%d/health/%s",
                InetAddress.getLoopbackAddress().getHostAddress(),
                adminPort.getAsInt(),
                live ? "live" : "ready"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(question).timeout(PATIENCE).build(), BodyHandlers.ofString());
            spec.commandLine().getOut().println(answer.body().strip());
            return answer.statusCode() == 200 ? 0 : 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println("no answer from " + question + ": " + e);
            return 1;
        }
    }
}
