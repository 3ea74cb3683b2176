package com.threadly.runtime.retry;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks behind exceptions that wrap others. */
public final class Causes {

    private Causes() {}

    /** {@code failure}, its cause, the cause of that, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    /** The outermost that is a {@code type}. */
    public static <T extends Throwable> Optional<T> first(Class<T> type, Throwable failure) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The last. */
    public static Throwable root(Throwable failure) {
        return of(failure).reduce(failure, (_, inner) -> inner);
    }

    /** What the last says. */
    public static String rootMessage(Throwable failure) {
        return String.valueOf(root(failure).getMessage());
    }
}
