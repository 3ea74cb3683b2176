package com.threadly.localstack.traffic;

import java.util.random.RandomGenerator;

/** How often each kind of event happens, as weights. */
public record Mix(int messages, int orders, int payments, int presence, int typing, int announcements) {

    /** Mostly messages, and an announcement now and then. */
    public static final Mix STANDARD = new Mix(600, 200, 120, 50, 30, 1);

    enum Kind {
        MESSAGE,
        ORDER,
        PAYMENT,
        PRESENCE,
        TYPING,
        ANNOUNCEMENT
    }

    public Mix {
        if (Math.min(Math.min(messages, orders), Math.min(payments, presence)) < 0
                || Math.min(typing, announcements) < 0
                || messages + orders + payments + presence + typing + announcements < 1) {
            throw new IllegalArgumentException("Weights must be at least 0, and one of them greater");
        }
    }

    Kind pick(RandomGenerator random) {
        int at = random.nextInt(messages + orders + payments + presence + typing + announcements);
        for (Kind kind : Kind.values()) {
            at -= weight(kind);
            if (at < 0) {
                return kind;
            }
        }
        throw new AssertionError("The weights add up to their sum");
    }

    private int weight(Kind kind) {
        return switch (kind) {
            case MESSAGE -> messages;
            case ORDER -> orders;
            case PAYMENT -> payments;
            case PRESENCE -> presence;
            case TYPING -> typing;
            case ANNOUNCEMENT -> announcements;
        };
    }
}
