package com.threadly.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.gateway.access.CatchUp.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final TopicPartition FIRST = new TopicPartition("message-events", 0);
    private static final TopicPartition SECOND = new TopicPartition("message-events", 1);

    private final Map<TopicPartition, Span> spans = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private boolean up = true;
    private final CatchUp catchUp = new CatchUp(
            new CatchUp.Progress() {
                @Override
                public Map<TopicPartition, Span> spans() {
                    return Map.copyOf(ifUp(spans));
                }

                @Override
                public Map<TopicPartition, Long> committed() {
                    return ifUp(committed);
                }
            },
            nanos::get);

    @Test
    void isReadyOnceWhatWasThereAtTheStartIsProjected() throws Exception {
        spans.put(FIRST, new Span(0, 5_000));
        spans.put(SECOND, new Span(9_000, 9_000));
        assertThat(catchUp.trouble()).isPresent();
        assertThat(catchUp.look()).isFalse();
        assertThat(catchUp.trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("5000 records"));

        committed.put(FIRST, 4_000L);
        spans.put(FIRST, new Span(0, 1_000_000));
        assertThat(catchUp.look()).isFalse();

        committed.put(FIRST, 5_000L - CatchUp.NEARLY);
        assertThat(catchUp.look()).isTrue();
        assertThat(catchUp.trouble()).isEmpty();
    }

    @Test
    void waitsForKafka() throws Exception {
        up = false;
        assertThat(catchUp.look()).isFalse();
        assertThat(catchUp.trouble()).hasValueSatisfying(why -> assertThat(why).contains("no broker"));

        up = true;
        assertThat(catchUp.look()).isTrue();
    }

    @Test
    void aBacklogDoesNotKeepItDownForever() throws Exception {
        spans.put(FIRST, new Span(0, 5_000));
        nanos.addAndGet(CatchUp.PATIENCE.toNanos());
        assertThat(catchUp.look()).isFalse();

        nanos.incrementAndGet();
        assertThat(catchUp.look()).isTrue();
        assertThat(catchUp.trouble()).isEmpty();
    }

    private <T> T ifUp(T answer) {
        if (!up) {
            throw new KafkaException("no broker");
        }
        return answer;
    }
}
