package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A very large channel is counted exactly, and forgotten completely. */
class HotChannelTest extends DriverFixture {

    private static final int TENTHS = 2_000;

    @Test
    void countsEachOfVeryManyWhateverComesLateOrTwice() {
        // The window is 12:00:10 to 12:01:10 from here on.
        driver.pass(Duration.ofSeconds(65));
        List<PresenceChanged> arriving = new ArrayList<>(IntStream.range(0, 10 * TENTHS)
                .boxed()
                .flatMap(HotChannelTest::story)
                .toList());
        Collections.shuffle(arriving, new Random(1));
        for (PresenceChanged event : arriving) {
            driver.send(Driver.CHANNEL, event);
        }
        driver.pass(Duration.ofSeconds(3));

        PresenceCount count = driver.counts().getLast();
        assertThat(count.getPresent()).isEqualTo(6 * TENTHS);
        assertThat(count.getDistinctUsers()).isEqualTo(7 * TENTHS);

        driver.pass(Duration.ofMinutes(6));
        assertThat(driver.numbers()).endsWith("0/0", "over");
        assertThat(driver.channelState()).isEmpty();
    }

    /** The events of one of ten kinds of viewers, with their seconds. */
    private static Stream<PresenceChanged> story(int viewer) {
        String user = "user-" + viewer;
        return switch (viewer % 10) {
            // Present, and seen in the window.
            case 0 -> Stream.of(at(20, user, JOINED));
            case 1 -> published(at(20, user, JOINED), 2);
            case 2 -> Stream.of(at(20, user, JOINED), at(30, user, LEFT), at(50, user, JOINED));
            case 3 -> Stream.of(at(20, user, LEFT), at(40, user, JOINED));
            case 4 -> Stream.concat(Stream.of(at(5, user, JOINED)), published(at(60, user, JOINED), 3));
            // Present, but not seen in it.
            case 5 -> Stream.of(at(5, user, JOINED));
            // Seen in it, but gone.
            case 6 -> Stream.of(at(20, user, JOINED), at(40, user, LEFT));
            case 7 -> Stream.concat(published(at(20, user, JOINED), 2), published(at(40, user, LEFT), 2));
            // Neither.
            case 8 -> Stream.of(at(5, user, JOINED), at(40, user, LEFT));
            default -> Stream.of(at(-300, user, JOINED));
        };
    }

    private static PresenceChanged at(int second, String user, PresenceChange change) {
        return Driver.event(Driver.START.plusSeconds(second), Driver.CHANNEL, user, change);
    }

    private static Stream<PresenceChanged> published(PresenceChanged event, int times) {
        return Collections.nCopies(times, event).stream();
    }
}
