package com.threadly.presence.viewers;

import com.threadly.presence.timing.Timed;

/** A channel's numbers, and what was published of them. Those of its viewers follow from the viewers. */
final class Channel extends Timed {

    /** Whether anyone listens for the count, as far as Pusher has said. */
    enum Listeners {
        UNKNOWN(0),
        SOME(1),
        NONE(2);

        private final byte code;

        Listeners(int code) {
            this.code = (byte) code;
        }

        /** As it is stored. */
        byte code() {
            return code;
        }

        /** That of {@code code}; unknown for one of another release. */
        static Listeners of(byte code) {
            return switch (code) {
                case 1 -> SOME;
                case 2 -> NONE;
                default -> UNKNOWN;
            };
        }
    }

    private final Viewers owner;
    private final int hash;
    final String name;

    int known;
    int present;
    Panes panes = Panes.NONE;
    /** Since the last window was closed. */
    boolean panesChanged;

    boolean published;
    long publishedPresent;
    /** Of the window closed last, of those that were published. */
    long publishedDistinct;

    long publishedAt;
    Listeners listeners = Listeners.UNKNOWN;
    long listenersAt;
    /** Somebody has begun to listen. */
    boolean asked;

    Channel(Viewers owner, String name) {
        this.owner = owner;
        this.name = name;
        this.hash = name.hashCode();
    }

    int hash() {
        return hash;
    }

    boolean hasNews() {
        return present != publishedPresent || asked;
    }

    /** Whether browsers are waiting for a count: an empty channel's only where somebody listens without viewing it. */
    boolean isHeard() {
        return switch (listeners) {
            case UNKNOWN -> present > 0;
            case SOME -> true;
            case NONE -> false;
        };
    }

    /** Whether nothing more will be published than that it is over. */
    boolean isQuiet() {
        return present == 0 && publishedPresent == 0 && publishedDistinct == 0 && panes.isEmpty() && !asked;
    }

    /** Whether nothing of it need be kept. */
    boolean isOver() {
        return known == 0 && isQuiet() && !published;
    }

    @Override
    protected void due(long at) {
        owner.due(this, at);
    }

    /** After the viewers: all that leave at one time make one count. */
    @Override
    protected int rank() {
        return 1;
    }
}
