package com.threadly.localstack.bootstrap;

import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.provisioner.topics.Cluster;
import com.threadly.provisioner.topics.TopicCatalogue;
import com.threadly.provisioner.topics.TopicSpec;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Creates the topics of the catalogue and their readers' dead letter topics. */
public final class TopicCreator {

    /** A worker that reads {@code topic}. */
    public record Reader(Topic<?> topic, String worker) {}

    private final String bootstrapServers;

    public TopicCreator(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Creates what the deployables need; existing topics are left alone. */
    public void createAll() {
        createMissing(TopicCatalogue.all());
    }

    /** The same, with the dead letter topics of one deployable only. */
    public void createFor(TopicReader reader) {
        create(reader.topics().stream()
                .map(topic -> new Reader(topic, reader.deployable()))
                .toList());
    }

    /** The same, with dead letter topics for {@code readers} only. */
    public void create(Collection<Reader> readers) {
        createMissing(Stream.concat(
                        Topics.all().stream().map(TopicSpec::of),
                        readers.stream().map(reader -> TopicSpec.deadLetters(reader.topic(), reader.worker())))
                .toList());
    }

    /** Returns once the broker knows all of them. */
    private void createMissing(Collection<TopicSpec> topics) {
        try (Cluster cluster = Cluster.connect(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            cluster.create(topics);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker at " + bootstrapServers + " did not create the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }
}
