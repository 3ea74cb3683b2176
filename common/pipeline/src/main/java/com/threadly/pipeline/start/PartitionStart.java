package com.threadly.pipeline.start;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a partition begins.
 *
 * @param beginAt the offset to begin at, where none is committed or the committed one cannot be used; usually empty
 * @param epoch of the leader that wrote the record before that offset, if known: with it, a truncation shows
 * @param note to be committed with its offsets
 */
public record PartitionStart(OptionalLong beginAt, Optional<Integer> epoch, StartNote note) {

    /** A start in a log of which no epoch is known. */
    public PartitionStart(OptionalLong beginAt, StartNote note) {
        this(beginAt, Optional.empty(), note);
    }

    /** At the committed offset, of which nothing else is known. */
    public static final PartitionStart COMMITTED = new PartitionStart(OptionalLong.empty(), StartNote.NONE);

    /** Whether the record at {@code offset} is pushed, or only stored. */
    public boolean pushes(long offset) {
        return offset >= note.pushFrom();
    }
}
