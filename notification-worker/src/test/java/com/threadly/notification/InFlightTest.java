package com.threadly.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.TypingChanged;
import com.threadly.notification.inbox.PushMark;
import com.threadly.pipeline.DecodedRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final UUID ID = UUID.randomUUID();

    private final InFlight inFlight = new InFlight();

    @Test
    void pushesAnEventSeenTwiceOnce() {
        assertThat(claim(1, 10)).isTrue();
        assertThat(claim(1, 11)).isFalse();
    }

    @Test
    void pushesAgainWhatComesAgainBecauseItsPushWasGivenUp() {
        claim(1, 10);

        assertThat(claim(1, 10)).isTrue();
    }

    @Test
    void pushesWhatALaterRecordBringsAgainAfterItsPartitionWasLost() {
        var lost = new AtomicBoolean();
        claim(1, 10, lost::get);
        boolean meanwhile = claim(1, 12, () -> false);

        lost.set(true);

        assertThat(meanwhile).isFalse();
        assertThat(claim(1, 12, () -> false)).isTrue();
    }

    @Test
    void pushesWhatHasGrown() {
        claim(1, 10);

        assertThat(claim(2, 11)).isTrue();
        assertThat(claim(1, 12)).isFalse();
    }

    @Test
    void pushesWhatIsRedrivenAfterPusherRefusedIt() {
        claim(1, 10);

        inFlight.release(List.of(new PushMark.OfNotification(ID, 1)));

        assertThat(claim(1, 11)).isTrue();
    }

    @Test
    void doesNotForgetWhatHasGrownSinceWhatWasRefused() {
        claim(1, 10);
        claim(2, 11);

        inFlight.release(List.of(new PushMark.OfNotification(ID, 1)));

        assertThat(claim(2, 12)).isFalse();
    }

    @Test
    void pushesARowThatIsNewAgainThoughItsIdWasPushedBefore() {
        claim(5, 10);

        inFlight.forget(Stream.of(ID));

        assertThat(claim(1, 11)).isTrue();
    }

    @Test
    void forgetsWhatTheDatabaseKnows() {
        claim(1, 10);

        inFlight.marked(List.of(new PushMark.OfNotification(ID, 1)));
        inFlight.reading().close();

        assertThat(claim(1, 11)).isTrue();
    }

    @Test
    void remembersItForWhoMayHaveReadTheDatabaseBefore() {
        claim(1, 10);
        InFlight.Reading before = inFlight.reading();

        inFlight.marked(List.of(new PushMark.OfNotification(ID, 1)));
        inFlight.reading().close();
        boolean whileItReads = claim(1, 11);
        before.close();

        assertThat(whileItReads).isFalse();
        assertThat(claim(1, 11)).isTrue();
    }

    @Test
    void remembersWhatHasGrownSinceItWasMarked() {
        claim(1, 10);
        claim(2, 11);

        inFlight.marked(List.of(new PushMark.OfNotification(ID, 1)));
        inFlight.reading().close();

        assertThat(claim(2, 12)).isFalse();
    }

    private boolean claim(int revision, long offset) {
        return claim(revision, offset, () -> false);
    }

    private boolean claim(int revision, long offset, BooleanSupplier abandoned) {
        var record = new DecodedRecord(
                "topic", 0, offset, Instant.EPOCH, "key", new TypingChanged(), Instant.EPOCH, abandoned);
        return inFlight.claim(new PushMark.OfNotification(ID, revision), record);
    }
}
