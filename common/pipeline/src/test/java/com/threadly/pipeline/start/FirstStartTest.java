package com.threadly.pipeline.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FirstStartTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(3));
    private static final StartAt NEWEST = new StartAt.Now();
    private static final StartAt ALL = new StartAt.Earliest();
    private static final StartAt SINCE_BEFORE = new StartAt.Time(BEFORE);

    static Stream<Arguments> starts() {
        var begunBefore = new StartNote(BEFORE, 12, 70);
        var begunLater = new StartNote(NOW, 12, 0);
        var pushesAll = new StartNote(Instant.EPOCH, 12, 0);
        StartAt aLittleBefore = new StartAt.Time(BEFORE.minus(Duration.ofMinutes(1)));
        return Stream.of(
                // Nothing is committed: as it is set.
                Arguments.of(3, List.of(), NEWEST, NEWEST, new StartNote(NOW, 13, 0)),
                Arguments.of(3, List.of(), ALL, ALL, new StartNote(Instant.EPOCH, 13, 0)),
                Arguments.of(3, List.of(), SINCE_BEFORE, SINCE_BEFORE, new StartNote(BEFORE, 13, 0)),
                // A crash came between the first commits: nothing published since the first is lost.
                Arguments.of(3, List.of(begunLater, begunBefore), NEWEST, aLittleBefore, new StartNote(BEFORE, 12, 0)),
                Arguments.of(3, List.of(pushesAll), NEWEST, ALL, new StartNote(Instant.EPOCH, 12, 0)),
                // The partition was added.
                Arguments.of(12, List.of(begunBefore), NEWEST, ALL, new StartNote(BEFORE, 12, 0)),
                // Committed by hand, or by a version that leaves no note: added, or idle since then.
                Arguments.of(3, List.of(StartNote.NONE), NEWEST, ALL, new StartNote(Instant.EPOCH, 13, 0)),
                Arguments.of(
                        3, List.of(StartNote.NONE, begunBefore), NEWEST, aLittleBefore, new StartNote(BEFORE, 12, 0)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aPartitionBeginsAsItsTopicDid(
            int partition, List<StartNote> committed, StartAt wanted, StartAt at, StartNote note) {
        assertThat(FirstStart.of(partition, committed, wanted, 13, NOW)).isEqualTo(new FirstStart(at, note));
    }

    @Test
    void whatIsStoredIsReadFromTheBeginningAndPushedFromTheStart() {
        var start = new FirstStart(NEWEST, new StartNote(NOW, 12, 0));

        assertThat(start.with(90, 40, true))
                .isEqualTo(new PartitionStart(OptionalLong.of(40), new StartNote(NOW, 12, 90)));
        assertThat(start.with(90, 40, false))
                .isEqualTo(new PartitionStart(OptionalLong.of(90), new StartNote(NOW, 12, 0)));
    }

    static Stream<StartNote> notes() {
        return Stream.of(
                StartNote.NONE,
                new StartNote(NOW, 12, 90),
                new StartNote(Instant.EPOCH, 1, 0),
                new StartNote(null, 0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void aNoteIsReadAsItWasWritten(StartNote note) {
        assertThat(StartNote.parse(note.text())).isEqualTo(note);
    }

    @Test
    void metadataOfOthersAreNoNote() {
        assertThat(Stream.of("", " ", "=", "since=", "since=yesterday", "push-from=x", "partitions=12=3", "by hand")
                        .map(StartNote::parse))
                .containsOnly(StartNote.NONE);
    }
}
