package com.threadly.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.runtime.kafka.BoundedConsumer.PollBudget;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PollBudgetTest {

    private final PollBudget budget = new PollBudget(100, 2_000);

    @Test
    void refusesRecordsOnceAPollHasReturnedEnough() {
        take(new RecordHeaders(), 10, 80);
        take(new RecordHeaders(), 5, 500);

        assertThatThrownBy(() -> take(new RecordHeaders(), 1, 1)).isInstanceOf(SerializationException.class);
    }

    @Test
    void takesTheRefusedRecordInTheNextPoll() {
        take(new RecordHeaders(), 0, 100);
        var refused = new RecordHeaders();
        assertThatThrownBy(() -> take(refused, 1, 1)).isInstanceOf(SerializationException.class);

        budget.renew();

        assertThat(take(refused, 1, 3)).hasSize(3);
    }

    @Test
    void neverRefusesTheFirstRecordOfAPoll() {
        assertThat(take(new RecordHeaders(), 200, 1_000)).hasSize(1_000);
    }

    @Test
    void countsHeaders() {
        take(new RecordHeaders().add("large", new byte[100]).add("none", null), 0, 0);

        assertThatThrownBy(() -> take(new RecordHeaders(), 0, 0)).isInstanceOf(SerializationException.class);
    }

    @Test
    void leavesOutWhatIsTooLargeToBeKept() {
        assertThat(take(new RecordHeaders(), 1, 2_000)).hasSize(2_000);
        budget.renew();
        assertThat(take(new RecordHeaders(), 1, 2_001)).isEmpty();
    }

    private byte[] take(Headers headers, int key, int value) {
        budget.deserialize("t", headers, ByteBuffer.allocate(key));
        return budget.deserialize("t", headers, ByteBuffer.allocate(value));
    }
}
