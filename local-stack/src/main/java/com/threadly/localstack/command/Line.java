package com.threadly.localstack.command;

import com.threadly.localstack.traffic.Emission;
import java.util.List;

/** A line of input, numbered from 1. */
sealed interface Line {

    int number();

    /** An event. */
    record Good(int number, Emission<?> emission) implements Line {}

    /** Not an event, and why. */
    record Bad(int number, List<String> problems) implements Line {
        public Bad {
            problems = List.copyOf(problems);
        }

        @Override
        public String toString() {
            return "line " + number + ": " + String.join("; ", problems);
        }
    }
}
