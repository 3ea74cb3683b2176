package com.threadly.provisioner.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.provisioner.topics.Difference.Extra;
import com.threadly.provisioner.topics.Difference.Missing;
import com.threadly.provisioner.topics.Difference.Partitions;
import com.threadly.provisioner.topics.Difference.Remedy;
import com.threadly.provisioner.topics.Difference.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    private static final TopicSpec WANTED =
            new TopicSpec("events", 12, Map.of("cleanup.policy", "delete", "retention.ms", "1000"));

    @Test
    void findsNothingWhereTheClusterHasWhatIsWantedAndSettingsThatDoNotMatter() {
        TopicSpec actual = new TopicSpec(
                "events", 12, Map.of("cleanup.policy", "delete", "retention.ms", "1000", "segment.ms", "1"));

        assertThat(Comparison.of(List.of(WANTED), List.of(actual))).isEmpty();
    }

    @Test
    void sortsWhatIsMissingAndExtraByName() {
        TopicSpec strange = new TopicSpec("a-strange-one", 1, Map.of());

        assertThat(Comparison.of(List.of(WANTED), List.of(strange)))
                .containsExactly(new Extra("a-strange-one"), new Missing(WANTED));
    }

    @ParameterizedTest
    @CsvSource({"__consumer_offsets", "_schemas", "presence-aggregator-viewers-changelog", "a-repartition"})
    void saysNothingOfTopicsThatProgramsMakeForThemselves(String name) {
        assertThat(Comparison.of(List.of(), List.of(new TopicSpec(name, 1, Map.of()))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "6", "13"})
    void leavesPartitionsToAPerson(int actual) {
        List<Difference> found =
                Comparison.of(List.of(WANTED), List.of(new TopicSpec("events", actual, WANTED.config())));

        assertThat(found).containsExactly(new Partitions("events", actual, 12));
        assertThat(found).allMatch(difference -> difference.remedy() == Remedy.PERSON);
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms,       500,            1000,    APPLY",
        "retention.ms,       2000,           1000,    APPLY_WITH_LOSS",
        "retention.ms,       -1,             1000,    APPLY_WITH_LOSS",
        "retention.ms,       1000,           -1,      APPLY",
        "cleanup.policy,     compact,        delete,  APPLY_WITH_LOSS",
        "cleanup.policy,     delete,         compact, APPLY",
        "cleanup.policy,     'compact,delete', compact, APPLY",
        "delete.retention.ms, 2000,          1000,    APPLY",
        "max.message.bytes,  1048588,        2097152, APPLY",
    })
    void tellsWhatAppliesSafelyFromWhatRemovesRecords(String name, String actual, String wanted, Remedy remedy) {
        List<Difference> found = Comparison.of(
                List.of(new TopicSpec("t", 1, Map.of(name, wanted))),
                List.of(new TopicSpec("t", 1, Map.of(name, actual))));

        assertThat(found).containsExactly(new Setting("t", name, actual, wanted, remedy == Remedy.APPLY_WITH_LOSS));
        assertThat(found).allMatch(difference -> difference.remedy() == remedy);
    }

    @Test
    void theCatalogueHasEveryDeadLetterTopicOnceWithRoomForHeaders() {
        assertThat(TopicCatalogue.all())
                .extracting(TopicSpec::name)
                .doesNotHaveDuplicates()
                .contains(
                        "order-events",
                        "order-events.notification-worker.dlq",
                        "typing-events.message-fanout-worker.dlq");
        assertThat(TopicCatalogue.all())
                .filteredOn(topic -> topic.name().endsWith(".dlq"))
                .allSatisfy(topic -> assertThat(topic.config()).containsEntry("max.message.bytes", "2097152"));
    }
}
