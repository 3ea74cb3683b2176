package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.AWAY;
import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static com.threadly.events.PresenceChange.SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Away after 2 minutes, offline 30 seconds after the last channel, forgotten after a day. */
class UserStatusTest extends DriverFixture {

    private static final String OTHER = "presence-category-shoes";

    @Test
    void isOnlineAtOnce() {
        driver.send("ana", JOINED);

        UserPresence presence = driver.statuses().getFirst();
        assertThat(presence.getUserId()).isEqualTo("ana");
        assertThat(presence.getStatus()).isEqualTo(UserStatus.ONLINE);
        assertThat(presence.getLastSeen()).isEqualTo(Driver.START);
        assertThat(presence.getOccurredAt()).isEqualTo(Driver.START);
    }

    @Test
    void aHeartbeatAloneShowsWhoIsOnline() {
        driver.sendTo("presence-user-ana", "ana", SEEN);
        driver.pass(Duration.ofMinutes(1));

        expect("ana ONLINE");
    }

    @Test
    void twoTabsOfWhichOneIsInUseDoNotFlip() {
        driver.send("ana", JOINED);
        for (int minute = 0; minute < 10; minute++) {
            driver.send("ana", SEEN);
            driver.pass(Duration.ofSeconds(30));
            driver.send("ana", AWAY);
            driver.pass(Duration.ofSeconds(30));
        }

        expect("ana ONLINE");
    }

    @Test
    void lagIsNoAbsence() {
        driver.send("ana", JOINED);
        driver.lag(Duration.ofHours(2));

        expect("ana ONLINE");
        driver.send("ana", SEEN);
        driver.pass(Duration.ofSeconds(30));
        expect();
    }

    @Test
    void manyVisitsLeaveOneRecord() {
        for (int visit = 0; visit < 100; visit++) {
            driver.send("ana", JOINED);
            driver.pass(Duration.ofSeconds(1));
            driver.send("ana", LEFT);
            driver.pass(Duration.ofSeconds(40));
        }
        driver.pass(Duration.ofMinutes(6));

        // Hers, when to forget her, and the time.
        assertThat(driver.userState()).hasSize(3);
    }

    @Test
    void isOfflineWhenNoChannelHasHadThemForAWhile() {
        driver.send("ana", JOINED);
        driver.sendTo(OTHER, "ana", JOINED);
        driver.pass(Duration.ofSeconds(10));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofSeconds(60));
        expect("ana ONLINE");

        driver.sendTo(OTHER, "ana", LEFT);
        driver.pass(Duration.ofSeconds(29));
        expect();
        driver.pass(Duration.ofSeconds(7));

        UserPresence presence = driver.statuses().getFirst();
        assertThat(presence.getStatus()).isEqualTo(UserStatus.OFFLINE);
        assertThat(presence.getLastSeen()).isEqualTo(Driver.START.plusSeconds(70));
    }

    @Test
    void doesNotFlickerOnAReload() {
        driver.send("ana", JOINED);
        for (int reload = 0; reload < 5; reload++) {
            driver.pass(Duration.ofSeconds(20));
            driver.send("ana", LEFT);
            driver.pass(Duration.ofSeconds(20));
            driver.send("ana", JOINED);
        }

        expect("ana ONLINE");
    }

    @Test
    void isAwayWhenIdleOnAllDevices() {
        driver.send("ana", JOINED);
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(60));
        driver.send("ana", AWAY);
        driver.send("bo", SEEN);
        driver.pass(Duration.ofSeconds(59));
        expect("ana ONLINE", "bo ONLINE");
        driver.pass(Duration.ofSeconds(7));
        expect("ana AWAY");

        driver.send("ana", SEEN);
        expect("ana ONLINE");
        driver.pass(Duration.ofMinutes(1));
        expect("bo AWAY");
    }

    @Test
    void staysOnlineWhileAnotherTabIsInUse() {
        driver.send("ana", JOINED);
        driver.sendTo(OTHER, "ana", JOINED);
        for (int heartbeat = 0; heartbeat < 10; heartbeat++) {
            driver.pass(Duration.ofSeconds(30));
            driver.send("ana", SEEN);
            driver.sendTo(OTHER, "ana", AWAY);
        }

        expect("ana ONLINE");
    }

    @Test
    void correctsALeaveThatNeverCame() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMinutes(6));

        expect("ana ONLINE", "ana AWAY", "ana OFFLINE");
    }

    @Test
    void bringsNobodyBackByALeaveAfterTheTimeout() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofMinutes(6));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(1));

        expect("ana ONLINE", "ana AWAY", "ana OFFLINE");
    }

    @Test
    void letsTheEventsOwnTimeDecide() {
        driver.pass(Duration.ofMinutes(4));
        Instant now = driver.now();
        driver.sendAt(now.minusSeconds(100), "ana", LEFT);
        driver.sendAt(now.minusSeconds(110), "ana", JOINED);
        driver.sendAt(now.minusSeconds(100), "bo", LEFT);
        driver.sendAt(now.minusSeconds(90), "bo", JOINED);
        driver.sendAt(now.minusSeconds(100), "bo", LEFT);
        driver.pass(Duration.ofSeconds(5));

        expect("bo ONLINE");
    }

    @Test
    void countsAnyChannelAndShowsNoViewersOfUsers() {
        driver.sendTo("presence-user-ana", "bo", JOINED);
        driver.pass(Duration.ofSeconds(3));

        expect("bo ONLINE");
        driver.expect();
        assertThat(driver.channelState()).isEmpty();
    }

    @Test
    void ignoresWhatIsTooOldToMatter() {
        driver.pass(Duration.ofMinutes(6));
        driver.sendAt(Driver.START, "ana", JOINED);
        driver.pass(Duration.ofSeconds(3));

        expect();
        assertThat(driver.userState()).hasSize(1);
    }

    @Test
    void forgetsWhoWasAbsentForLong() {
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("ana", LEFT);
        driver.pass(Duration.ofMinutes(10));
        expect("ana ONLINE", "ana OFFLINE");
        assertThat(driver.userState()).hasSize(3);

        driver.pass(Duration.ofDays(1));

        expect("ana forgotten");
        assertThat(driver.userState()).hasSize(1);
    }

    @Test
    void nothingIsKeptOfWhoIsErased() {
        driver.send("ana", JOINED);
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(5));
        driver.send("cid", JOINED);
        driver.send("cid", LEFT);
        driver.pass(Duration.ofMinutes(1));
        expect("ana ONLINE", "bo ONLINE", "cid ONLINE", "cid OFFLINE");

        driver.erase("ana");
        driver.erase("cid");
        driver.erase("dan");
        expect("ana OFFLINE", "ana forgotten", "cid forgotten", "dan forgotten");

        driver.erase("ana");
        driver.send("ana", SEEN);
        driver.send("dan", JOINED);
        driver.pass(Duration.ofDays(2));
        expect("bo AWAY", "bo OFFLINE", "bo forgotten");
        // That they are erased, and the time.
        assertThat(driver.userState()).hasSize(4);
    }

    private void expect(String... published) {
        assertThat(driver.published()).containsExactly(published);
    }
}
