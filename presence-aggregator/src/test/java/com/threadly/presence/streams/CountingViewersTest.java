package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.AWAY;
import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static com.threadly.events.PresenceChange.OCCUPIED;
import static com.threadly.events.PresenceChange.SEEN;
import static com.threadly.events.PresenceChange.VACATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountingViewersTest extends DriverFixture {

    private static final Duration TICK = Duration.ofMillis(250);

    @Test
    void publishesTheFirstViewerAtOnce() {
        driver.send("ana", JOINED);

        PresenceCount count = driver.counts().getFirst();
        assertThat(count.getChannel()).isEqualTo(Driver.CHANNEL);
        assertThat(count.getDistinctUsers()).isEqualTo(1);
        assertThat(count.getPresent()).isEqualTo(1);
        assertThat(count.getWindowEnd()).isEqualTo(Driver.START.plusSeconds(10));
        assertThat(count.getWindowStart()).isEqualTo(Driver.START.minusSeconds(50));
        assertThat(count.getOccurredAt()).isEqualTo(Driver.START);
        assertThat(count.getPush()).isTrue();
    }

    @Test
    void countsAUserOnceHoweverOftenSeen() {
        driver.send("ana", JOINED);
        driver.send("ana", JOINED);
        driver.send("ana", SEEN);
        driver.send("bo", JOINED);
        driver.send("bo", AWAY);
        driver.pass(Duration.ofSeconds(5));

        driver.expect("1/1", "2/2");
    }

    @Test
    void aHeartbeatMakesAViewer() {
        driver.send("ana", SEEN);
        driver.pass(Duration.ofSeconds(3));
        driver.send("bo", AWAY);
        driver.pass(Duration.ofSeconds(3));

        driver.expect("1/1", "2/2");
        driver.pass(Driver.TIMES.timeout());
        assertThat(driver.numbers()).contains("0/0");
    }

    @ParameterizedTest
    @CsvSource({"SEEN, -1", "AWAY, -1", "SEEN, 0", "SEEN, 5", "AWAY, 5", "SEEN, 29"})
    void aHeartbeatOfAPageThatWasLeftRevivesNobody(PresenceChange beat, int secondsLater) {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(40));
        if (secondsLater < 0) {
            // The webhook comes after the heartbeat, of a time before it.
            driver.send("ana", beat);
            driver.sendAt(driver.now().minusMillis(100), "ana", LEFT);
        } else {
            driver.send("ana", LEFT);
            driver.pass(Duration.ofSeconds(secondsLater));
            driver.send("ana", beat);
        }
        driver.pass(Duration.ofSeconds(3));

        assertThat(driver.counts().getLast().getPresent()).isZero();
        driver.pass(Duration.ofMinutes(10));
        assertThat(driver.counts())
                .allSatisfy(count -> assertThat(count.getPresent()).isZero());
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void theNextHeartbeatRevivesWhoIsStillThere() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(60));
        driver.send("ana", SEEN);

        assertThat(driver.counts().getLast().getPresent()).isEqualTo(1);
    }

    @Test
    void theLaterOfTwoRecordsOfOneTimeCounts() {
        driver.send("ana", JOINED);
        driver.send("ana", LEFT);
        driver.send("bo", LEFT);
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(3));

        assertThat(driver.counts().getLast().getPresent()).isEqualTo(1);
    }

    @Test
    void aSteadyViewerIsPublishedOnce() {
        driver.send("ana", JOINED);
        for (int minute = 0; minute < 30; minute++) {
            driver.send("ana", SEEN);
            driver.pass(Duration.ofMinutes(1));
        }

        // When she came, and when the first window with her was closed.
        assertThat(driver.counts())
                .hasSize(2)
                .extracting(PresenceCount::getPush)
                .containsExactly(true, false);
    }

    @Test
    void publishesAWindowWithAnotherNumberWhenItIsClosed() {
        driver.pass(Duration.ofSeconds(8));
        driver.send("ana", JOINED);
        driver.send("bo", JOINED);
        driver.send("bo", LEFT);
        driver.pass(Duration.ofSeconds(3));

        PresenceCount closed = driver.counts().getLast();
        assertThat(closed.getWindowEnd()).isEqualTo(Driver.START.plusSeconds(10));
        assertThat(closed.getOccurredAt()).isEqualTo(closed.getWindowEnd());
        assertThat(closed.getDistinctUsers()).isEqualTo(2);
        assertThat(closed.getPush()).isFalse();
        driver.pass(Duration.ofMinutes(2));
        assertThat(driver.counts()).extracting(PresenceCount::getDistinctUsers).containsExactly(0L);
    }

    @Test
    void pushesNothingWhereNobodyListens() {
        driver.sendTo(Driver.CHANNEL, "", VACATED);
        driver.send("ana", JOINED);
        driver.sendTo(Driver.CHANNEL, "", VACATED);
        driver.pass(Duration.ofSeconds(3));
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(3));
        driver.sendTo(Driver.CHANNEL, "", OCCUPIED);
        driver.pass(Duration.ofSeconds(3));

        assertThat(driver.counts())
                .extracting(PresenceCount::getPresent, PresenceCount::getPush)
                .containsExactly(tuple(1L, true), tuple(2L, false), tuple(2L, true));
    }

    @Test
    void pushesZeroOnlyToWhoListens() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(3));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(3));
        assertThat(driver.counts())
                .extracting(PresenceCount::getPresent, PresenceCount::getPush)
                .containsExactly(tuple(1L, true), tuple(0L, false));

        driver.sendTo(Driver.CHANNEL, "", OCCUPIED);
        assertThat(driver.counts())
                .extracting(PresenceCount::getPresent, PresenceCount::getPush)
                .containsExactly(tuple(0L, true));
    }

    @Test
    void anEmptyChannelThatIsListenedToIsToldSoAndForgotten() {
        driver.sendTo(Driver.CHANNEL, "", OCCUPIED);
        driver.pass(Duration.ofSeconds(3));

        driver.expect("0/0", "over");
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void lagIsNoAbsence() {
        driver.send("ana", JOINED);
        driver.lag(Duration.ofHours(2));

        driver.expect("1/1");
        driver.send("ana", SEEN);
        driver.pass(Duration.ofSeconds(3));
        driver.expect();
    }

    @Test
    void heartbeatsNeedNoClockOfAGateway() {
        driver.sendAt(driver.now().minus(Duration.ofMinutes(20)), "ana", SEEN);
        driver.sendAt(driver.now().plus(Duration.ofMinutes(20)), "bo", SEEN);
        // Published again, from a dead letter.
        driver.sendAt(driver.now().minus(Duration.ofHours(2)), "cem", SEEN);
        driver.pass(Duration.ofSeconds(3));

        assertThat(driver.counts().getLast().getPresent()).isEqualTo(2);
        driver.pass(Driver.TIMES.timeout());
        assertThat(driver.numbers()).contains("0/0");
    }

    @Test
    void forgetsWhoLeftTheWindowAndKeepsWhoIsPresent() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(30));
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(90));

        // Ana's pane leaves the window after 60 s, Bo's 30 s later; both stay viewers.
        driver.expect("1/1", "1/1", "2/2", "2/2", "1/2", "0/2");
    }

    @Test
    void publishesAtMostOneCountPerIntervalAndTheLatestWins() {
        for (int user = 0; user < 100; user++) {
            driver.send("user-" + user, JOINED);
            driver.pass(Duration.ofMillis(100));
        }
        driver.pass(Duration.ofSeconds(2));

        List<PresenceCount> counts =
                driver.counts().stream().filter(PresenceCount::getPush).toList();
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

        // The second, when the first window with her is closed.
        driver.expect("1/1", "1/0", "1/0", "0/0", "over");
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void takesTheCountAwayWhileThoseWhoLeftAreStillRemembered() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(1));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(75));

        driver.expect("1/1", "1/0", "1/0", "0/0", "over");
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

        driver.expect("1/1", "1/1", "0/1", "1/2", "1/2", "1/1", "0/1");
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

        assertThat(driver.numbers()).endsWith("0/1");
    }

    @Test
    void countsALateEventWhileItsTimeIsInTheWindow() {
        driver.pass(Duration.ofSeconds(65));
        // The window is 12:00:10 to 12:01:10.
        driver.sendAt(Driver.START.plusSeconds(10), "ana", JOINED);
        driver.sendAt(Driver.START.plusSeconds(9), "bo", JOINED);
        driver.pass(Duration.ofSeconds(3));

        driver.expect("1/1", "1/2");
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

        driver.expect("1/1", "1/0", "1/0", "0/0", "over");
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
