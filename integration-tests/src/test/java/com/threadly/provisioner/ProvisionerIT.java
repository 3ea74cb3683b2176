package com.threadly.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.testing.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The provisioner's own jar, against a broker that nothing else changes, and the shared registry. */
@ExtendWith(Servers.Extension.class)
class ProvisionerIT {

    @Test
    void bringsTopicsInLineAndLeavesToPeopleWhatIsTheirs(Servers servers, @TempDir Path folder) throws Exception {
        FreePorts ports = servers.ports();
        try (KafkaBroker broker = KafkaBroker.start(folder, ports.next(), ports.next());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<String, String> kafka = Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            admin.createTopics(
                            List.of(new NewTopic("order-events", 3, (short) 1), new NewTopic("strange", 1, (short) 1)))
                    .all()
                    .get();

            JarCommand plan = run(kafka, "topics", "plan");
            assertThat(plan.code()).isEqualTo(3);
            assertThat(plan.out())
                    .contains("missing: message-events (12 partitions)")
                    .contains("different: order-events has 3 partitions, not 12")
                    .contains("different: order-events has retention.ms=604800000, not 31536000000")
                    .contains("extra: strange");
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("order-events", "strange");

            JarCommand apply = run(kafka, "topics", "apply");
            assertThat(apply.code()).isEqualTo(3);
            assertThat(admin.listTopics().names().get())
                    .contains("strange", "user-presence", "order-events.notification-worker.dlq");
            // The broker may show a setting a moment after the controller has accepted it.
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(run(kafka, "topics", "plan").out().lines())
                                    .containsExactly(
                                            "different: order-events has 3 partitions, not 12; keys would move, so that is left to you",
                                            "extra: strange is not in the catalogue, and is left alone"));

            admin.deleteTopics(List.of("order-events")).all().get();
            assertThat(run(kafka, "topics", "apply").code()).isZero();
            assertThat(run(kafka, "topics", "plan").code()).isZero();
            assertThat(run(kafka, "topics", "plan", "--acls").out().lines())
                    .contains(
                            "gateway: allow READ on topic message-events",
                            "gateway: allow WRITE on topic message-events.gateway.dlq",
                            "presence-aggregator: allow WRITE on transactional id presence-aggregator*")
                    .noneMatch(line -> line.equals("gateway: allow WRITE on topic message-events"));

            // A worker reports a missing dead letter topic of its own.
            for (String worker : List.of("notification-worker", "message-fanout-worker", "presence-aggregator")) {
                assertThat(JarCommand.run(worker, kafka, "dlq", "list").code())
                        .as(worker)
                        .isZero();
            }

            keepTypingFor(admin, 2 * 3_600_000);
            assertThat(run(kafka, "topics", "apply").code()).isEqualTo(3);
            assertThat(run(kafka, "topics", "apply", "--allow-loss").code()).isZero();
        }
    }

    @Test
    void registersEverySchemaAndSetsItsCompatibility(Servers servers) throws Exception {
        Map<String, String> registry =
                Map.of("SCHEMA_REGISTRY_URL", servers.registry().toString());

        assertThat(run(registry, "schemas", "check").code()).isZero();
        assertThat(run(registry, "schemas", "register").code()).isZero();
        assertThat(run(registry, "schemas", "check").out().lines())
                .contains("order-events-value: registered", "user-presence-value: registered")
                .allMatch(line -> line.endsWith(": registered"));
        assertThat(run(registry, "schemas", "register").code()).isZero();
    }

    @Test
    void namesTheSettingsThatItLacks() throws Exception {
        assertThat(run(Map.of(), "topics", "plan").code()).isEqualTo(2);
        assertThat(run(Map.of(), "schemas", "check").code()).isEqualTo(2);
    }

    private static void keepTypingFor(Admin admin, long millis) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, "typing-events"),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("retention.ms", Long.toString(millis)), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static JarCommand run(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return JarCommand.run("provisioner", settings, arguments);
    }
}
