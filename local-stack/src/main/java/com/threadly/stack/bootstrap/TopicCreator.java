package com.threadly.stack.bootstrap;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the catalogue, and the dead letter topics of whoever reads them. */
public final class TopicCreator {

    // One node holds the only copy.
    private static final short REPLICATION = 1;

    /** A worker that reads {@code topic}. */
    public record Reader(Topic<?> topic, String worker) {}

    private final String bootstrapServers;

    public TopicCreator(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Creates what is missing and leaves alone what exists; returns once the broker has taken all of it on. */
    public void create(Collection<Reader> readers) {
        List<NewTopic> wanted = Stream.concat(
                        Topics.all().stream().map(TopicCreator::source),
                        readers.stream().map(TopicCreator::deadLetters))
                .toList();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = wanted.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("The broker at " + bootstrapServers + " did not create the topics", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topics were created", e);
        }
    }

    private static NewTopic source(Topic<?> topic) {
        return new NewTopic(topic.name(), topic.partitions(), REPLICATION).configs(topic.config());
    }

    private static NewTopic deadLetters(Reader reader) {
        Topic<?> topic = reader.topic();
        return new NewTopic(topic.deadLetters(reader.worker()), topic.partitions(), REPLICATION);
    }
}
