package com.threadly.localstack.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program to run beside the stack, on the JDK that runs the stack.
 *
 * @param name what people call it
 * @param jvmOptions options of its JVM
 * @param command what follows them: {@code -jar} and a path, or {@code -cp}, a class path and a main class; then arguments
 * @param environment added to the environment that the stack itself was given, less what in it names other systems
 * @param log where its output goes
 * @param ready answers 200 to a GET once the program can do its work
 */
public record Program(
        String name,
        List<String> jvmOptions,
        List<String> command,
        Map<String, String> environment,
        Path log,
        URI ready) {

    private static final List<String> ELSEWHERE = List.of(
            "KAFKA_", "SCHEMA_REGISTRY_", "PUSHER_", "DATABASE_", "AUTH_", "PRESENCE_", "QUARKUS_", "APICURIO_");

    public Program {
        jvmOptions = List.copyOf(jvmOptions);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A runnable jar whose admin port tells its health. */
    public static Program ofJar(
            String name, Path jar, List<String> jvmOptions, Map<String, String> environment, Path log, int adminPort) {
        return new Program(
                name,
                jvmOptions,
                List.of("-jar", jar.toString()),
                environment,
                log,
                URI.create("http://127.0.0.1:" + adminPort + "/health/ready"));
    }

    /** Whether a variable tells of a server that a developer's shell may point to, and that this program must not reach. */
    static boolean namesAnotherSystem(String variable) {
        return ELSEWHERE.stream().anyMatch(variable::startsWith);
    }

    List<String> commandLine() {
        List<String> line = new ArrayList<>(Shell.deafToTheTerminal());
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmOptions);
        line.addAll(command);
        return line;
    }
}
