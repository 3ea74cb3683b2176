package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.presence.push.PresencePush;
import com.threadly.presence.push.Pushes;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However the last viewer leaves, nobody is pushed zero who does not listen, and nothing is left of the channel. */
class PushedCountsTest extends DriverFixture {

    private final PresencePush push = Pushes.withoutSettings();

    @Test
    void pushesNoZeroAfterOneWhoLeftWithinTheWindow() throws Exception {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(10));

        assertThat(pushed()).containsExactly(1L);
    }

    @Test
    void pushesNoZeroAfterOneWhoStayedLongerThanTheWindow() throws Exception {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMinutes(4));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(10));

        assertThat(pushed()).containsExactly(1L);
    }

    @Test
    void pushesNoZeroAfterOneWhoNeverSentALeave() throws Exception {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMinutes(15));

        assertThat(pushed()).containsExactly(1L);
    }

    @Test
    void pushesNoZeroAfterOneWhoWasGoneBeforeTheFirstCount() throws Exception {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMillis(1));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(10));

        assertThat(pushed()).containsExactly(1L);
    }

    @Test
    void pushesNoZeroAfterSeveralWhoLeaveOneByOne() throws Exception {
        List<String> users = List.of("ana", "bo", "cem");
        for (String user : users) {
            driver.send(user, JOINED);
            driver.pass(Duration.ofSeconds(15));
        }
        for (String user : users) {
            driver.send(user, LEFT);
            driver.pass(Duration.ofSeconds(15));
        }
        driver.pass(Duration.ofMinutes(10));

        assertThat(pushed()).containsExactly(1L, 2L, 3L, 2L, 1L);
    }

    @Test
    void pushesNoZeroAfterSomebodyElse() throws Exception {
        for (String user : List.of("ana", "bo")) {
            driver.send(user, JOINED);
            driver.pass(Duration.ofSeconds(5));
            driver.send(user, LEFT);
            driver.pass(Duration.ofMinutes(2));
        }
        driver.pass(Duration.ofMinutes(10));

        assertThat(pushed()).containsExactly(1L, 1L);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(driver.channelState()).isEmpty();
    }

    /** The pushed numbers of all counts so far. */
    private List<Long> pushed() throws UnavailableException {
        var pushed = new ArrayList<Long>();
        for (PresenceCount count : driver.counts()) {
            if (effect(count) instanceof RecordOutcome.Push) {
                pushed.add(count.getPresent());
            }
        }
        return pushed;
    }

    private RecordOutcome effect(PresenceCount count) throws UnavailableException {
        var incoming = new DecodedRecord(
                Topics.PRESENCE_COUNTS.name(),
                0,
                0,
                count.getOccurredAt(),
                count.getChannel(),
                count,
                count.getOccurredAt(),
                () -> false);
        return push.handle(List.of(incoming)).getFirst();
    }
}
