package com.threadly.localstack.check;

import java.util.List;
import java.util.stream.Stream;

/** The number of findings of one kind, and the first few of them. */
public record Finding(long count, List<String> examples) {

    private static final int EXAMPLES = 5;

    static final Finding NONE = new Finding(0, List.of());

    public Finding {
        examples = List.copyOf(examples);
    }

    Finding and(String example) {
        return new Finding(
                count + 1,
                examples.size() < EXAMPLES
                        ? Stream.concat(examples.stream(), Stream.of(example)).toList()
                        : examples);
    }
}
