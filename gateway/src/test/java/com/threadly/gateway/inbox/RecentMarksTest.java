package com.threadly.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.NotificationState;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentMarksTest {

    private final RecentMarks recent = new RecentMarks();

    @Test
    void remembersWhatAUserMarked() {
        UUID id = UUID.randomUUID();
        recent.note("ana", Marks.of(NotificationState.READ, Map.of(id, new MarkPosition(0, 1))));

        assertThat(recent.of("ana").positions()).containsOnlyKeys(id);
        assertThat(recent.of("ben")).isEqualTo(Marks.NONE);
    }

    @Test
    void remembersABoundedNumberOfMarksHoweverManyUsersMark() {
        var marks = Marks.of(
                NotificationState.READ,
                Stream.generate(UUID::randomUUID)
                        .limit(2_000)
                        .collect(Collectors.toMap(id -> id, _ -> new MarkPosition(0, 1))));
        IntStream.range(0, 200).forEach(user -> recent.note("user" + user, marks));

        await().until(
                        () -> IntStream.range(0, 200)
                                .mapToLong(user ->
                                        recent.of("user" + user).positions().size())
                                .sum(),
                        remembered -> remembered > 0 && remembered <= 200_000);
    }
}
