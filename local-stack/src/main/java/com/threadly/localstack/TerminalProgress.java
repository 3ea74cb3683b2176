package com.threadly.localstack;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One line per part with its time: rewritten in place on a terminal, otherwise printed once it is ready. */
public final class TerminalProgress implements Progress {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, String> states = new LinkedHashMap<>();
    private boolean stopped;

    /** Writes to {@code out}, a terminal or not. */
    public TerminalProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Writes to standard error, in place if it is a terminal. */
    public static TerminalProgress onStandardError() {
        boolean person = Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent()
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        return new TerminalProgress(System.err, person);
    }

    @Override
    public synchronized void starts(String part) {
        if (stopped) {
            return;
        }
        int before = states.size();
        states.put(part, "…");
        if (terminal) {
            redraw(before);
        }
    }

    @Override
    public void ready(String part, Duration took) {
        change(part, String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
    }

    @Override
    public void waits(String part, Duration waited) {
        change(part, "not ready after " + waited.toSeconds() + " s");
    }

    @Override
    public void failed(String part) {
        change(part, "failed");
    }

    private synchronized void change(String part, String state) {
        if (stopped) {
            return;
        }
        states.put(part, state);
        if (terminal) {
            redraw(states.size());
        } else {
            out.println(line(part, state));
        }
    }

    @Override
    public synchronized void startsAgain() {
        states.clear();
        stopped = false;
        out.println("another program took a free port; starting again on other ports");
    }

    @Override
    public synchronized void stops() {
        // Parts that still become ready do not matter, and must not overwrite what others print now.
        stopped = true;
        out.println("stopping");
    }

    private void redraw(int drawnBefore) {
        StringBuilder text = new StringBuilder();
        if (drawnBefore > 0) {
            text.append("\033[").append(drawnBefore).append('A');
        }
        states.forEach((part, state) ->
                text.append(CLEAR_LINE).append(line(part, state)).append('\n'));
        out.print(text);
        out.flush();
    }

    private static String line(String part, String state) {
        return String.format(Locale.ROOT, "  %-24s%s", part, state);
    }
}
