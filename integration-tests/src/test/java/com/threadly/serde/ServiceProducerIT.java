package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.testing.Servers;
import com.threadly.localstack.testing.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's producer, in a service with JDK 17, the two artifacts and their dependencies. */
@ExtendWith(Servers.Extension.class)
class ServiceProducerIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));
    private static final Path SERDE = HOME.resolve("common/serde");

    @Test
    void publishesAnEventOnJdk17(Servers servers, @TempDir Path folder) throws Exception {
        new TopicCreator(servers.kafka()).create(List.of());
        try (var consumer = consumer(servers)) {
            run(
                    folder,
                    Map.of(),
                    jdk17().resolve("bin/javac").toString(),
                    "-cp",
                    classpath(),
                    "-d",
                    folder.toString(),
                    SERDE.resolve("src/test/java/com/threadly/example/OrderService.java")
                            .toString());
            run(
                    folder,
                    Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS",
                            servers.kafka(),
                            "SCHEMA_REGISTRY_URL",
                            servers.registry().toString()),
                    jdk17().resolve("bin/java").toString(),
                    "-cp",
                    folder + File.pathSeparator + classpath(),
                    "com.threadly.example.OrderService");

            var published = new ArrayList<ConsumerRecord<String, OrderStatusChanged>>();
            await().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(published::add);
                return !published.isEmpty();
            });
            assertThat(published).singleElement().satisfies(event -> {
                assertThat(event.key()).isEqualTo("order-1");
                assertThat(event.value().getProductTitle()).isEqualTo("Linen dress, size 38");
            });
        }
    }

    @Test
    void bringsNoLoggingBackend() throws IOException {
        assertThat(jars(SERDE.resolve("target/lib")))
                .extracting(jar -> jar.getFileName().toString())
                .isNotEmpty()
                .noneMatch(name -> name.matches("(logback|log4j-core|slf4j-(simple|jdk14)|threadly|micrometer).*"));
    }

    private static Path jdk17() throws IOException {
        Optional<Path> found;
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            found = installed
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")))
                    .filter(ServiceProducerIT::isJdk17)
                    .findFirst();
        }
        Tools.need(found.isPresent(), "no JDK 17 in /usr/lib/jvm");
        return found.orElseThrow();
    }

    private static boolean isJdk17(Path jdk) {
        try {
            return Files.readString(jdk.resolve("release")).contains("JAVA_VERSION=\"17");
        } catch (IOException e) {
            return false;
        }
    }

    private static String classpath() throws IOException {
        return Stream.of(
                        jars(HOME.resolve("schemas/target")),
                        jars(SERDE.resolve("target")),
                        jars(SERDE.resolve("target/lib")))
                .flatMap(List::stream)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static KafkaConsumer<String, OrderStatusChanged> consumer(Servers servers) {
        var consumer = new KafkaConsumer<String, OrderStatusChanged>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers.kafka(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                AvroDeserializer.class,
                "schema.registry.url",
                servers.registry().toString()));
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ORDER_EVENTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        // Other tests share the topic: positions are determined now, not at the first poll.
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static void run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> read(output))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> read(output)).isZero();
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
