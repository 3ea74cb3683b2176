package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.AWAY;
import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static com.threadly.events.PresenceChange.SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PresenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountingViewersTest extends DriverFixture {

    private static final Duration TICK = Duration.ofMillis(250);

    @Test
    void publishesTheFirstViewerAtTheNextTick() {
        driver.send("ana", JOINED);
        driver.pass(TICK);

        PresenceCount count = driver.counts().getFirst();
        assertThat(count.getChannel()).isEqualTo(Driver.CHANNEL);
        assertThat(count.getDistinctUsers()).isEqualTo(1);
        assertThat(count.getPresent()).isEqualTo(1);
        assertThat(count.getWindowEnd()).isEqualTo(Driver.START.plusSeconds(10));
        assertThat(count.getWindowStart()).isEqualTo(Driver.START.minusSeconds(50));
        assertThat(count.getOccurredAt()).isEqualTo(Driver.START.plus(TICK));
    }

    @Test
    void countsAUserOnceHoweverOftenSeen() {
        driver.send("ana", JOINED);
        driver.send("ana", JOINED);
        driver.send("ana", SEEN);
        driver.send("bo", JOINED);
        driver.send("bo", AWAY);
        driver.pass(Duration.ofSeconds(30));

        driver.expect("2/2");
    }

    @Test
    void aHeartbeatMakesNobodyAMember() {
        driver.send("mallory", SEEN);
        driver.send("mallory", AWAY);
        driver.pass(Duration.ofSeconds(5));
        driver.expect();
        assertThat(driver.channelState()).isEmpty();

        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", SEEN);
        driver.pass(Duration.ofMinutes(10));
        driver.expect("1/1", "1/0", "0/0", "over");
    }

    @Test
    void forgetsWhoLeftTheWindowAndKeepsWhoIsPresent() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(30));
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(90));

        // Ana's pane leaves the window after 60 s, Bo's 30 s later; both stay members.
        driver.expect("1/1", "2/2", "1/2", "0/2");
    }

    @Test
    void publishesAtMostOneCountPerIntervalAndTheLatestWins() {
        for (int user = 0; user < 100; user++) {
            driver.send("user-" + user, JOINED);
            driver.pass(Duration.ofMillis(100));
        }
        driver.pass(Duration.ofSeconds(2));

        List<PresenceCount> counts = driver.counts();
        List<Instant> times = counts.stream().map(PresenceCount::getOccurredAt).toList();
        assertThat(times).hasSizeBetween(5, 7);
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
        assertThat(counts.getLast().getPresent()).isEqualTo(100);
    }

    @Test
    void givesEachCountAnIdOfItsOwn() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(3));
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(3));

        assertThat(driver.counts())
                .hasSize(2)
                .extracting(PresenceCount::getEventId)
                .doesNotHaveDuplicates();
    }

    @Test
    void publishesZeroOnceAndLeavesNoState() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(10));

        driver.expect("1/1", "1/0", "0/0", "over");
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void takesTheCountAwayWhileThoseWhoLeftAreStillRemembered() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(1));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(75));

        driver.expect("1/1", "1/0", "0/0", "over");
        assertThat(driver.channelState()).isNotEmpty();
        driver.sendAt(driver.now().minusSeconds(80), "ana", JOINED);
        driver.pass(Duration.ofMinutes(6));

        driver.expect();
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void correctsALeaveThatNeverCame() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(270));
        driver.send("bo", JOINED);
        driver.pass(Duration.ofMinutes(2));

        driver.expect("1/1", "0/1", "1/2", "1/1", "0/1");
    }

    @Test
    void keepsWhoIsSeenAgainBeforeTheTimeout() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMinutes(4));
        driver.send("ana", SEEN);
        driver.pass(Duration.ofMinutes(4));

        assertThat(driver.counts().getLast().getPresent()).isEqualTo(1);
        driver.pass(Duration.ofMinutes(2));
        driver.expect("0/0", "over");
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void letsTheEventsOwnTimeDecideBetweenJoinedAndLeft() {
        Instant start = driver.now();
        driver.pass(Duration.ofMinutes(3));
        driver.sendAt(start.plusSeconds(20), "ana", LEFT);
        driver.sendAt(start.plusSeconds(10), "ana", JOINED);
        driver.sendAt(start.plusSeconds(30), "bo", JOINED);
        driver.sendAt(start.plusSeconds(25), "bo", LEFT);
        driver.sendAt(start.plusSeconds(25), "bo", LEFT);
        driver.pass(Duration.ofSeconds(3));

        driver.expect("0/1");
    }

    @Test
    void takesAReloadWithinOneMillisecondForStaying() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", JOINED);
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(5));

        driver.expect("1/1");
    }

    @Test
    void countsALateEventWhileItsTimeIsInTheWindow() {
        driver.pass(Duration.ofSeconds(65));
        // The window is 12:00:10 to 12:01:10.
        driver.sendAt(Driver.START.plusSeconds(10), "ana", JOINED);
        driver.sendAt(Driver.START.plusSeconds(9), "bo", JOINED);
        driver.pass(TICK);

        driver.expect("1/2");
    }

    @Test
    void ignoresWhatIsTooOldToMatter() {
        driver.pass(Duration.ofMinutes(6));
        driver.sendAt(Driver.START, "ana", JOINED);
        driver.sendAt(Instant.EPOCH, "bo", JOINED);
        driver.pass(Duration.ofSeconds(3));

        driver.expect();
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void takesTheFutureForNow() {
        driver.sendAt(driver.now().plus(Duration.ofMinutes(59)), "ana", JOINED);
        driver.pass(TICK);
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(10));

        driver.expect("1/1", "1/0", "0/0", "over");
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void keepsTheIntervalWhenSomebodyJoinsJustAfterZero() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMinutes(5));
        driver.pass(Duration.ofSeconds(1));
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(4));

        List<PresenceCount> counts = driver.counts();
        PresenceCount zero = counts.get(counts.size() - 2);
        assertThat(zero.getPresent()).isZero();
        assertThat(Duration.between(zero.getOccurredAt(), counts.getLast().getOccurredAt()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
}
