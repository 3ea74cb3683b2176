package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceCount;
import com.threadly.presence.viewers.ChannelSnapshot;
import com.threadly.presence.viewers.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** In any order of arrival, the count follows from the whole list of events. */
class AnyOrderTest {

    private static final Duration SPAN = Duration.ofMinutes(7);

    record Event(String user, PresenceChange change, int second) {
        /** Never a join and a leave at the same time: of those, the later record counts. */
        Instant at() {
            return Driver.START.plusSeconds(second).plusMillis(change == PresenceChange.LEFT ? 1 : 0);
        }
    }

    @Property(tries = 150)
    void countsWhatTheWholeListSays(
            @ForAll("events") List<Event> events, @ForAll Random order, @ForAll boolean arrivesBetweenTicks)
            throws IOException {
        var arriving = new ArrayList<>(events);
        // Webhooks are repeated: some events come twice.
        arriving.addAll(events.subList(0, events.size() / 3));
        Collections.shuffle(arriving, order);
        Duration step = arrivesBetweenTicks ? Duration.ofMillis(500) : Duration.ZERO;
        try (var driver = new Driver(Files.createTempDirectory(Path.of("target"), "any-order"))) {
            driver.pass(SPAN.minus(step.multipliedBy(arriving.size())));
            for (Event event : arriving) {
                driver.pass(step);
                driver.sendAt(event.at(), event.user(), event.change());
            }
            driver.pass(Duration.ofSeconds(5));

            ChannelSnapshot snapshot =
                    ChannelSnapshot.of(Driver.CHANNEL, 0, Driver.TIMES, driver.store(PresenceTopology.VIEWERS_STORE));
            assertThat(snapshot.count()).isEqualTo(new Count(distinct(events, driver.now()), present(events)));

            long published = driver.counts().stream()
                    .reduce((_, last) -> last)
                    .map(PresenceCount::getPresent)
                    .orElse(0L);
            assertThat(published).isEqualTo(present(events));

            driver.pass(Duration.ofMinutes(10));
            assertThat(driver.channelState()).isEmpty();
        }
    }

    /** All users who joined in the window that ends at the next full 10 s. */
    private static long distinct(List<Event> events, Instant now) {
        Instant end = Instant.ofEpochSecond((now.getEpochSecond() / 10 + 1) * 10);
        return events.stream()
                .filter(event -> event.change() == PresenceChange.JOINED)
                .filter(event -> !event.at().isBefore(end.minusSeconds(60)))
                .map(Event::user)
                .distinct()
                .count();
    }

    /** All members: they were seen within the timeout, as all events are. */
    private static long present(List<Event> events) {
        return events.stream()
                .map(Event::user)
                .distinct()
                .filter(user -> isMember(events, user))
                .count();
    }

    /** Whether the user's last event, by time, is JOINED. */
    private static boolean isMember(List<Event> events, String user) {
        return events.stream()
                .filter(event -> event.user().equals(user))
                .max(Comparator.comparing(Event::at))
                .filter(event -> event.change() == PresenceChange.JOINED)
                .isPresent();
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<String> users = Arbitraries.of("ana", "bo", "cem", "dee", "eli");
        Arbitrary<PresenceChange> changes =
                Arbitraries.of(PresenceChange.JOINED, PresenceChange.JOINED, PresenceChange.LEFT);
        // Within the last five minutes: later events are ignored by rule. And before the first arrives: by another
        // rule, a future time counts as now, which may change the order.
        Arbitrary<Integer> seconds = Arbitraries.integers().between(160, 400);
        return Combinators.combine(users, changes, seconds)
                .as(Event::new)
                .list()
                .ofMaxSize(25);
    }
}
