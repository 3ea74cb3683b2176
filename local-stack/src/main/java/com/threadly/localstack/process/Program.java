package com.threadly.localstack.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program to run beside the stack, on the same JDK.
 *
 * @param name its name for people
 * @param jvmOptions options of its JVM
 * @param command what follows them: {@code -jar} and a path, or {@code -cp}, a class path and a main class; then
 *     arguments
 * @param environment added to the stack's own environment without the variables that name other systems
 * @param log where its output goes
 * @param ready the address that answers 200 to a GET once the program is ready
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

    /** A runnable jar whose admin port reports its health. */
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

    /** Whether a variable may point a developer's shell to a server that this program must not reach. */
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
