package com.threadly.localstack.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.Servers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class BootstrapIT {

    @Test
    void createsTheCataloguesTopicsAndDeadLetterTopicsOnce(Servers servers) throws Exception {
        TopicCreator creator = new TopicCreator(servers.kafka());
        List<TopicCreator.Reader> readers = List.of(new TopicCreator.Reader(Topics.ORDER_EVENTS, "some-worker"));
        creator.create(readers);
        creator.create(readers);

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.kafka()))) {
            assertThat(admin.listTopics().names().get())
                    .containsAll(Topics.all().stream().map(Topic::name).toList());
            assertThat(partitions(admin, "announcement-events")).isEqualTo(1);
            assertThat(partitions(admin, "order-events.some-worker.dlq")).isEqualTo(Topics.ORDER_EVENTS.partitions());
            assertThat(cleanup(admin, "presence-counts")).isEqualTo("compact");
        }
    }

    @Test
    void registersTheSchemaOfEveryTopicOnce(Servers servers) throws Exception {
        SchemaRegistrar registrar = new SchemaRegistrar(servers.registry());
        registrar.register();
        registrar.register();

        assertThat(get(servers, "/subjects")).contains("order-events-value", "user-presence-value");
        assertThat(get(servers, "/subjects/order-events-value/versions")).isEqualTo("[1]");
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    private static String cleanup(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                .map(config -> config.get("cleanup.policy").value())
                .collect(Collectors.joining());
    }

    private static String get(Servers servers, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(servers.registry() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
