package com.threadly.provisioner.topics;

import com.threadly.provisioner.topics.Difference.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of a cluster, through Kafka's admin client. */
public final class Cluster implements AutoCloseable {

    private static final int PATIENCE_MS = 20_000;

    private final Admin admin;

    private Cluster(Admin admin) {
        this.admin = admin;
    }

    /** {@code config} configures an admin client. */
    public static Cluster connect(Map<String, ?> config) {
        var patient = new HashMap<String, Object>(config);
        patient.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        patient.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        return new Cluster(Admin.create(patient));
    }

    /** All topics with all of their settings, defaults included. */
    List<TopicSpec> topics() throws InterruptedException, ExecutionException {
        Set<String> names = admin.listTopics().names().get();
        Map<String, TopicDescription> descriptions =
                admin.describeTopics(names).allTopicNames().get();
        Map<ConfigResource, Config> configs = admin.describeConfigs(
                        names.stream().map(Cluster::resource).toList())
                .all()
                .get();
        return descriptions.values().stream()
                .map(topic -> new TopicSpec(
                        topic.name(),
                        topic.partitions().size(),
                        values(configs.getOrDefault(resource(topic.name()), new Config(List.of())))))
                .toList();
    }

    /** Creates the missing topics of {@code wanted} with the cluster's default replication. */
    public void create(Collection<TopicSpec> wanted) throws InterruptedException, ExecutionException {
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.config()))
                .toList();
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            // Another provisioner was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    void change(Collection<Setting> settings) throws InterruptedException, ExecutionException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = settings.stream()
                .collect(Collectors.groupingBy(
                        setting -> resource(setting.topic()),
                        Collectors.mapping(Cluster::operation, Collectors.toCollection(ArrayList::new))));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static AlterConfigOp operation(Setting setting) {
        return new AlterConfigOp(new ConfigEntry(setting.name(), setting.wanted()), AlterConfigOp.OpType.SET);
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        admin.close();
    }
}
