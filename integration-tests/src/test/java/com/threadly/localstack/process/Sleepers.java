package com.threadly.localstack.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How tests run {@link Sleeper}. */
final class Sleepers {

    private Sleepers() {}

    static Program program(int port, Path log, String... more) {
        List<String> command = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), Sleeper.class.getName(), Integer.toString(port)));
        command.addAll(List.of(more));
        return new Program(
                "sleeper",
                List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"),
                command,
                Map.of("SLEEPER_NAME", "a child"),
                log,
                URI.create("http://127.0.0.1:" + port + "/health/ready"));
    }
}
