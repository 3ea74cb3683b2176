package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupSessionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private long seconds = -3;
    private double answers;
    private final GroupSession session =
            new GroupSession(() -> answers, () -> Duration.ofSeconds(seconds).toNanos(), TIMEOUT);

    @Test
    void isValidForAsLongAsHeartbeatsAreAnswered() {
        for (int i = 0; i < 100; i++) {
            seconds++;
            answers++;
            session.look();
            assertThat(session.isValid()).isTrue();
        }
        assertThat(session.trouble()).isEmpty();
    }

    @Test
    void endsBeforeItsTimeoutHoweverOftenIsPolled() {
        answerAndLook();
        session.look();
        for (int i = 0; i < 6; i++) {
            assertThat(session.isValid()).isTrue();
            seconds++;
            session.look();
        }

        assertThat(session.isValid()).isFalse();
        assertThat(session.trouble().orElseThrow()).contains("PT8S");
    }

    @Test
    void afterAStopAnAnswerFromBeforeItIsNotEnough() {
        answerAndLook();
        session.look();

        seconds += 15;
        assertThat(session.isValid()).isFalse();
        session.look();
        // Of a heartbeat that was sent before the stop.
        answers++;
        session.look();
        session.look();
        session.look();
        assertThat(session.isValid()).isFalse();

        answers++;
        session.look();
        session.look();
        assertThat(session.isValid())
                .as("an answer may be a refusal that takes nothing away")
                .isFalse();
        assertThat(session.hasEnded()).isTrue();

        session.renew(session.now());
        assertThat(session.isValid()).isTrue();
        assertThat(session.hasEnded()).isFalse();
    }

    @Test
    void anAssignmentRenewsItFromTheLookBeforeIt() {
        answerAndLook();
        session.look();
        seconds += 15;
        session.look();
        assertThat(session.hasEnded()).isTrue();

        seconds += 1;
        session.renewByAssignment();
        assertThat(session.isValid()).isTrue();
        seconds += 5;
        assertThat(session.isValid()).isFalse();
    }

    @Test
    void afterAStopAnAnswerThatIsThereAtOnceIsNotEnough() {
        answerAndLook();
        session.look();

        seconds += 15;
        answers++;
        session.look();
        session.look();
        session.look();

        assertThat(session.isValid()).isFalse();
    }

    @Test
    void everyPollCountsWhereNothingIsKnownOfHeartbeats() {
        answers = Double.NaN;
        for (int i = 0; i < 20; i++) {
            seconds++;
            session.look();
            assertThat(session.isValid()).isTrue();
        }
        seconds += 15;
        assertThat(session.isValid()).isFalse();
        session.look();
        session.look();
        session.look();
        assertThat(session.isValid()).isFalse();
        session.renew(session.now());
        assertThat(session.isValid()).isTrue();
    }

    private void answerAndLook() {
        answers++;
        session.look();
    }
}
