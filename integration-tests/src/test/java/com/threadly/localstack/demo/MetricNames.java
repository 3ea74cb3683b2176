package com.threadly.localstack.demo;

import com.threadly.localstack.process.ChildProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of metrics: those that rules, dashboards and documents use, and those that a process has. */
final class MetricNames {

    private static final Pattern TEXT = Pattern.compile(".+\\.(?:json|md|yml)");
    private static final Pattern NAME =
            Pattern.compile("\\b(?:threadly|jvm|process|hikaricp|kafka)_[a-z_]*[a-z](?!\\w)");

    /** Look like metrics. */
    private static final Set<String> DATABASE_ROLES = Set.of("threadly_gateway", "threadly_inbox");

    private MetricNames() {}

    static Set<String> inFilesOf(Path folder) throws IOException {
        var names = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(MetricNames::isText).toList()) {
                names.addAll(in(Files.readString(file)));
            }
        }
        return names;
    }

    static Set<String> exposedBy(ChildProcess process) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return in(http.send(
                            HttpRequest.newBuilder(process.ready().resolve("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        }
    }

    private static boolean isText(Path file) {
        return TEXT.matcher(file.getFileName().toString()).matches();
    }

    private static Set<String> in(String text) {
        return NAME.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(name -> !DATABASE_ROLES.contains(name))
                .collect(Collectors.toSet());
    }
}
