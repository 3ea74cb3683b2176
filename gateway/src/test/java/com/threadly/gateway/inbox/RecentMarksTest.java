package com.threadly.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentMarksTest {

    private final RecentMarks recent = new RecentMarks();

    @Test
    void remembersWhatAUserMarked() {
        UUID id = UUID.randomUUID();
        recent.note("ana", Marks.of(List.of(id), Instant.EPOCH));

        assertThat(recent.of("ana").readAt()).containsOnlyKeys(id);
        assertThat(recent.of("ben")).isEqualTo(Marks.NONE);
    }

    @Test
    void remembersABoundedNumberOfMarksHoweverManyUsersMark() {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(2_000).toList();
        IntStream.range(0, 200).forEach(user -> recent.note("user" + user, Marks.of(ids, Instant.EPOCH)));

        await().until(
                        () -> IntStream.range(0, 200)
                                .mapToLong(user ->
                                        recent.of("user" + user).readAt().size())
                                .sum(),
                        remembered -> remembered > 0 && remembered <= 200_000);
    }
}
