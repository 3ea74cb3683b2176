package com.threadly.runtime.kafka;

import com.threadly.runtime.retry.Causes;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;

/** What a consumer's poll throws when the next records of a partition cannot be read. */
public final class UnreadableRecords {

    private UnreadableRecords() {}

    /**
     * Whether {@code failure} may be that. Of damaged records most failures have no class of their own, while those of
     * everything else do. One that is larger than the heap when it is decompressed shows as that.
     */
    public static boolean mayBeCauseOf(Throwable failure) {
        return failure.getClass() == KafkaException.class
                || failure instanceof CorruptRecordException
                || failure instanceof InvalidRecordException
                || failure instanceof OutOfMemoryError;
    }

    /** In words, without what every such failure says. */
    public static String cause(Throwable failure) {
        Throwable root = Causes.root(failure);
        return root instanceof OutOfMemoryError
                ? "it does not fit into the heap: " + root.getMessage()
                : String.valueOf(root.getMessage());
    }
}
