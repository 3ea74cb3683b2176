package com.threadly.benchmarks.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a worker's process uses at one moment, by its metrics and the operating system.
 *
 * @param heap in MiB, garbage included
 * @param resident memory in MiB
 * @param threads of the operating system
 * @param connections open sockets
 * @param files open handles of any kind
 * @param lag records that are not done
 * @param retries retried requests to Pusher since the start
 */
public record Vitals(
        double heap, double resident, double threads, double connections, double files, double lag, double retries) {

    private static final double MIB = 1 << 20;
    private static final double KIB_A_MIB = 1024;

    /** Of the process {@code pid}, whose metrics are at {@code metrics}. */
    static Vitals of(long pid, URI metrics, HttpClient http) throws IOException, InterruptedException {
        String exposed = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        Path proc = Path.of("/proc", Long.toString(pid));
        String status = Files.readString(proc.resolve("status"));
        double files = 0;
        double sockets = 0;
        try (Stream<Path> handles = Files.list(proc.resolve("fd"))) {
            for (Path handle : handles.toList()) {
                files++;
                sockets += isSocket(handle) ? 1 : 0;
            }
        }
        return new Vitals(
                sum(exposed, "jvm_memory_used_bytes{area=\"heap\"") / MIB,
                field(status, "VmRSS:") / KIB_A_MIB,
                field(status, "Threads:"),
                sockets,
                files,
                sum(exposed, "threadly_lag_records{"),
                sum(exposed, "threadly_push_retries_total{"));
    }

    private static boolean isSocket(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed since it was listed.
            return false;
        }
    }

    private static double sum(String exposed, String beginning) {
        return exposed.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow();
    }
}
