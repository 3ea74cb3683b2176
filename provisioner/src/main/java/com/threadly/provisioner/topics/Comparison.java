package com.threadly.provisioner.topics;

import com.threadly.provisioner.topics.Difference.Extra;
import com.threadly.provisioner.topics.Difference.Missing;
import com.threadly.provisioner.topics.Difference.Partitions;
import com.threadly.provisioner.topics.Difference.Setting;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a cluster differs from the catalogue. */
final class Comparison {

    private static final String RETENTION = "retention.ms";
    private static final String CLEANUP = "cleanup.policy";
    private static final String DELETE = "delete";
    private static final long FOR_EVER = -1;

    /** Of topics that Kafka Streams creates for itself. */
    private static final Set<String> INTERNAL_ENDS = Set.of("-changelog", "-repartition");

    private Comparison() {}

    /** By topic, in order of name. */
    static List<Difference> of(Collection<TopicSpec> wanted, Collection<TopicSpec> actual) {
        Map<String, TopicSpec> there = byName(actual);
        Map<String, TopicSpec> known = byName(wanted);
        return Stream.concat(
                        wanted.stream().flatMap(topic -> differences(topic, there)),
                        actual.stream()
                                .map(TopicSpec::name)
                                .filter(name -> !known.containsKey(name) && !isInternal(name))
                                .map(Extra::new))
                .sorted(Comparator.comparing(Difference::topic))
                .toList();
    }

    private static Stream<Difference> differences(TopicSpec wanted, Map<String, TopicSpec> there) {
        TopicSpec actual = there.get(wanted.name());
        if (actual == null) {
            return Stream.of(new Missing(wanted));
        }
        Stream<Difference> partitions = actual.partitions() == wanted.partitions()
                ? Stream.of()
                : Stream.of(new Partitions(wanted.name(), actual.partitions(), wanted.partitions()));
        return Stream.concat(partitions, settings(wanted, actual));
    }

    private static Stream<Difference> settings(TopicSpec wanted, TopicSpec actual) {
        return wanted.config().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(setting -> !setting.getValue().equals(actual.config().get(setting.getKey())))
                .map(setting -> {
                    String now = actual.config().getOrDefault(setting.getKey(), "");
                    return new Setting(
                            wanted.name(),
                            setting.getKey(),
                            now,
                            setting.getValue(),
                            removesRecords(setting.getKey(), now, setting.getValue()));
                });
    }

    /** Compaction counts as no loss: readers of the catalogue's compacted topics need the newest values only. */
    private static boolean removesRecords(String name, String actual, String wanted) {
        return switch (name) {
            case RETENTION -> !actual.isEmpty() && isShorter(Long.parseLong(wanted), Long.parseLong(actual));
            case CLEANUP -> wanted.equals(DELETE) && !actual.contains(DELETE);
            default -> false;
        };
    }

    private static boolean isShorter(long wanted, long actual) {
        return wanted != FOR_EVER && (actual == FOR_EVER || wanted < actual);
    }

    private static boolean isInternal(String name) {
        return name.startsWith("_") || INTERNAL_ENDS.stream().anyMatch(name::endsWith);
    }

    private static Map<String, TopicSpec> byName(Collection<TopicSpec> topics) {
        return topics.stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));
    }
}
