package com.threadly.runtime.settings;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings are missing or invalid; the message lists one problem per line. */
public final class InvalidSettingsException extends RuntimeException {

    private final List<String> problems;

    public InvalidSettingsException(List<String> problems) {
        super(masked(problems).collect(Collectors.joining(System.lineSeparator())));
        this.problems = masked(problems).toList();
    }

    private static Stream<String> masked(List<String> problems) {
        return problems.stream().map(Secrets::masked);
    }

    public List<String> problems() {
        return problems;
    }
}
