package com.threadly.serde;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Whether an id that the registry does not know is its record's fault. An empty registry, or that of another
 * environment, says the same to every record; so does a garbage producer, to its own.
 *
 * <p>The registry is believed as long as it still knows an id that it resolved before. Until it has resolved one, it is
 * believed a few times only. Thread-safe.
 */
final class UnknownIds {

    /** Until an id is resolved, this many records are believed to be at fault. */
    static final int MOST_BELIEVED = 5;

    /** The latest are asked about: a registry may have lost one for good, but hardly all. */
    private static final int MOST_KNOWN = 3;

    private final SchemaRegistryClient registry;
    private final Deque<Integer> known = new ArrayDeque<>();
    private int believed;

    UnknownIds(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /** The registry resolved {@code id}. */
    synchronized void resolved(int id) {
        if (known.contains(id)) {
            return;
        }
        if (known.size() == MOST_KNOWN) {
            known.removeLast();
        }
        known.addFirst(id);
    }

    /** Whether the registry has resolved an id yet. */
    boolean anyResolved() {
        return !known().isEmpty();
    }

    /**
     * What to make of {@code unknown}: itself when its record is at fault, otherwise why to wait.
     *
     * @throws RegistryUnavailableException when the registry gives no answer
     */
    RuntimeException judge(UnknownIdException unknown) {
        List<Integer> before = known();
        if (before.isEmpty()) {
            return believe() ? unknown : foreign("has resolved none of their ids", unknown);
        }
        return before.stream().anyMatch(registry::knows)
                ? unknown
                : foreign("no longer knows the ids that it resolved before, such as " + before.get(0), unknown);
    }

    private synchronized List<Integer> known() {
        return List.copyOf(known);
    }

    private synchronized boolean believe() {
        return known.isEmpty() && believed++ < MOST_BELIEVED;
    }

    private static ForeignRegistryException foreign(String why, UnknownIdException unknown) {
        return new ForeignRegistryException("The schema registry does not know the schemas of these records; it " + why
                + "; check that " + SerdeConfig.URL + " is the registry of their producers, and that it has its data: "
                + unknown.getMessage());
    }
}
