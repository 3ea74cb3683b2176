package com.threadly.localstack.servers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A broker as a program, started by {@link KafkaCluster}: its settings file, and the port that tells it is ready. */
final class BrokerProgram {

    private BrokerProgram() {}

    public static void main(String[] args) throws IOException {
        KafkaBroker broker = KafkaBroker.start(settings(Path.of(args[0])), "");
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-the-broker"));
        HttpServer ready = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])), 0);
        ready.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        ready.start();
        broker.awaitShutdown();
        ready.stop(0);
    }

    private static Map<String, String> settings(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
