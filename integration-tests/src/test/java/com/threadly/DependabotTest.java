package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependabot covers everything that is pinned. */
class DependabotTest {

    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of(".git", "node_modules", "target");

    @ParameterizedTest
    @CsvSource({
        "npm, package-lock.json",
        "pip, requirements.txt",
        "docker, Dockerfile",
        "docker-compose, docker-compose.yml"
    })
    void looksIntoEveryFolderThatPinsSomething(String ecosystem, String file) throws IOException {
        assertThat(lookedInto(ecosystem)).isNotEmpty().containsExactlyInAnyOrderElementsOf(foldersWith(file));
    }

    private static Set<String> lookedInto(String ecosystem) throws IOException {
        return Pattern.compile("package-ecosystem: " + ecosystem + "\\s+director(?:y|ies): (.+)")
                .matcher(Files.readString(ROOT.resolve(".github/dependabot.yml")))
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("[\\[\\], ]+")))
                .filter(folder -> !folder.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<String> foldersWith(String name) throws IOException {
        var folders = new TreeSet<String>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.endsWith(name)) {
                    folders.add("/" + ROOT.relativize(file.getParent()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return folders;
    }
}
