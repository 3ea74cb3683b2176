package com.threadly.runtime.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of bytes, of which a poll returns a bounded number. Kafka bounds only the compressed size of a fetch and
 * the number of records of a poll: a few kilobytes on the wire may be hundreds of megabytes in the heap.
 */
public final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {

    /** A poll that has returned as much returns no further record. */
    private static final int MAX_POLL_BYTES = 4 * 1024 * 1024;
    /** Topics take records of 1 MiB, compressed or not, unless configured otherwise: nobody publishes these in earnest. */
    private static final int MAX_VALUE_BYTES = 16 * 1024 * 1024;

    /** What a header takes in the heap besides its name and its value, roughly. */
    private static final int HEADER_OVERHEAD = 64;

    private static final byte[] NOTHING = {};

    private final PollBudget budget;

    /** A consumer with {@code config}, which names no deserializers. */
    public BoundedConsumer(Map<String, Object> config) {
        this(config, new PollBudget(MAX_POLL_BYTES, MAX_VALUE_BYTES));
    }

    private BoundedConsumer(Map<String, Object> config, PollBudget budget) {
        super(config, budget, budget);
        this.budget = budget;
    }

    /** Whether the value of {@code record} is empty because it was too large to be kept. */
    public static boolean isValueLeftOut(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && record.value().length == 0 && record.serializedValueSize() > 0;
    }

    /** The same of its key. */
    public static boolean isKeyLeftOut(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && record.key().length == 0 && record.serializedKeySize() > 0;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        budget.renew();
        return super.poll(timeout);
    }

    /**
     * Ends a poll by failing. Kafka then returns the records before the failed one, and passes that one to the
     * deserializers again in the next poll. Used by the polling thread only.
     */
    static final class PollBudget implements Deserializer<byte[]> {

        private final long maxPoll;
        private final int maxData;
        private long used;
        private @Nullable Headers current;

        PollBudget(long maxPoll, int maxData) {
            this.maxPoll = maxPoll;
            this.maxData = maxData;
        }

        void renew() {
            used = 0;
            current = null;
        }

        /** Kafka passes the same instance of headers with a record's key and with its value, and no other's. */
        @Override
        @SuppressWarnings("ReferenceEquality")
        public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
            if (current != headers) {
                if (used >= maxPoll) {
                    throw new SerializationException("the poll has returned enough");
                }
                current = headers;
                for (Header header : headers) {
                    used += HEADER_OVERHEAD
                            + header.key().length()
                            + (header.value() == null ? 0 : header.value().length);
                }
            }
            used += data.remaining();
            return data.remaining() > maxData ? NOTHING : Utils.toArray(data);
        }

        @Override
        public byte[] deserialize(String topic, byte[] data) {
            throw new UnsupportedOperationException("Kafka's consumer passes buffers");
        }
    }
}
