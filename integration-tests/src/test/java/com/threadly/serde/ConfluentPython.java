package com.threadly.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.threadly.localstack.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Confluent's own client for Python, in a virtual environment under {@code target}. */
final class ConfluentPython {

    private static final long LIMIT_MINUTES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path script;
    private final Path folder;

    private ConfluentPython(Path sources, Path folder) {
        this.script = sources.resolve("confluent_interop.py");
        this.folder = folder;
    }

    /** Installs it if necessary. Skips the test if that fails, or fails it if CI=true. */
    static ConfluentPython install(Path module) throws IOException, InterruptedException {
        Path requirements = module.resolve("src/test/python/requirements.txt");
        ConfluentPython python = new ConfluentPython(
                requirements.resolveSibling(""),
                module.resolve("target/confluent-python").toAbsolutePath());
        Files.createDirectories(python.folder);
        Path done = python.folder.resolve("installed.txt");
        if (!Files.exists(done) || Files.mismatch(done, requirements) >= 0) {
            Path pip = python.folder.resolve("bin/pip");
            python.need(List.of("python3", "-m", "venv", python.folder.toString()));
            python.need(List.of(pip.toString(), "install", "--quiet", "-r", requirements.toString()));
            Files.writeString(done, Files.readString(requirements));
        }
        return python;
    }

    /** Sends tasks to the script and returns its answers, one per task. */
    List<JsonNode> run(String act, URI registry, List<? extends JsonNode> tasks)
            throws IOException, InterruptedException {
        ArrayNode all = JSON.createArrayNode().addAll(tasks);
        Path input = Files.writeString(folder.resolve(act + "-input.json"), all.toString());
        Path output = folder.resolve(act + "-output.json");
        List<String> command =
                List.of(folder.resolve("bin/python").toString(), script.toString(), act, registry.toString());
        Optional<String> problem = problemWith(
                new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(output.toFile()));
        if (problem.isPresent()) {
            throw new AssertionError(problem.get());
        }
        return JSON.readTree(output.toFile()).valueStream().toList();
    }

    private void need(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("install.log");
        Optional<String> problem = problemWith(new ProcessBuilder(command).redirectOutput(output.toFile()));
        Tools.need(problem.isEmpty(), "Confluent's Python client cannot be installed: " + problem.orElse(""));
    }

    private Optional<String> problemWith(ProcessBuilder command) throws InterruptedException {
        Path errors = folder.resolve("errors.log");
        try {
            Process process = command.redirectError(errors.toFile()).start();
            if (process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return Optional.empty();
            }
            process.destroyForcibly();
            return Optional.of(command.command() + " failed: " + Files.readString(errors));
        } catch (IOException e) {
            return Optional.of(command.command() + " failed: " + e.getMessage());
        }
    }
}
