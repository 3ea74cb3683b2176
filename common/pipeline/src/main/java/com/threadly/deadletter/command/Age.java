package com.threadly.deadletter.command;

import java.time.Duration;

/** An age in its largest unit. */
final class Age {

    private Age() {}

    static String of(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        if (age.toMinutes() > 0) {
            return age.toMinutes() + "m";
        }
        // Clocks differ: a failure in the future counts as now.
        return Math.max(0, age.toSeconds()) + "s";
    }
}
