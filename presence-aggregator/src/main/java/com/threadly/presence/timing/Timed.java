package com.threadly.presence.timing;

/** Something that becomes due. It belongs to one {@link TimingWheel}. */
public abstract class Timed {

    long dueAt = TimingWheel.NEVER;

    /** Its time has come; it schedules itself again if it must. */
    protected abstract void due(long at);

    /** Of those due at the same time, lower ranks come first. */
    protected int rank() {
        return 0;
    }

    /** Not due any more. */
    public void cancel() {
        dueAt = TimingWheel.NEVER;
    }
}
