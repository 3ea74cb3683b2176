package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class UnknownIdsTest {

    private final Registry registry = new Registry();
    private final AvroDecoder decoder = new AvroDecoder(registry);
    private final byte[] good = new AvroEncoder(registry)
            .encode(
                    Topics.TYPING_EVENTS.subject(),
                    new TypingChanged(UUID.randomUUID(), Instant.EPOCH, "c1", "u1", true));

    @Test
    void aRegistryThatHasResolvedNothingIsBelievedAFewTimesOnly() {
        assertThat(waits(20)).isEqualTo(15);
    }

    @Test
    void aRegistryThatResolvesOthersIsAlwaysBelieved() {
        decoder.decode(good);

        assertThat(waits(50)).isZero();
    }

    @Test
    void isBelievedAgainOnceItHasResolvedOne() {
        assertThat(waits(10)).isEqualTo(5);
        decoder.decode(good);

        assertThat(waits(50)).isZero();
    }

    @Test
    void aRegistryThatHasForgottenWhatItKnewIsNotBelieved() {
        decoder.decode(good);
        registry.empty = true;

        assertThat(waits(3)).isEqualTo(3);
        assertThat(decoder.decode(good)).isNotNull();
        registry.empty = false;
        assertThat(waits(50)).isZero();
    }

    @Test
    void aGoodRecordFurtherBackShowsThatTheRegistryIsTheRightOne() {
        List<byte[]> batch = new ArrayList<>(
                IntStream.range(0, 100).mapToObj(UnknownIdsTest::unknown).toList());
        batch.add(new byte[] {1});
        batch.add(good);
        decoder.findKnownId(batch);

        assertThat(waits(50)).isZero();
    }

    @Test
    void recordsThatShareAnAnswerCountOneByOne() {
        for (int i = 0; i < UnknownIds.MOST_BELIEVED; i++) {
            assertThatThrownBy(() -> decoder.decode(unknown(1))).isInstanceOf(UndecodableException.class);
        }
        assertThatThrownBy(() -> decoder.decode(unknown(1))).isInstanceOf(RegistryUnavailableException.class);
    }

    /** How many of {@code records} with unknown ids wait; the others are undecodable. */
    private int waits(int records) {
        int waits = 0;
        for (int i = 0; i < records; i++) {
            try {
                decoder.decode(unknown(i));
            } catch (RegistryUnavailableException e) {
                assertThat(e).hasMessageContaining(SerdeConfig.URL);
                waits++;
            } catch (UndecodableException e) {
                // Its own fault.
            }
        }
        return waits;
    }

    private static byte[] unknown(int i) {
        return ByteBuffer.allocate(20).put((byte) 0).putInt(1_000 + i).array();
    }

    /** One that can lose everything. */
    private static final class Registry implements SchemaRegistryClient {

        private final MockRegistry inner = new MockRegistry();
        private boolean empty;

        @Override
        public int idOf(String subject, Schema schema) {
            return inner.idOf(subject, schema);
        }

        @Override
        public Schema schemaOf(int id) {
            return inner.schemaOf(empty ? -1 : id);
        }

        @Override
        public boolean knows(int id) {
            return inner.knows(empty ? -1 : id);
        }

        @Override
        public void close() {}
    }
}
