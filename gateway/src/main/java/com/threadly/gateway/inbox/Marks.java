package com.threadly.gateway.inbox;

import com.threadly.events.NotificationState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a user has marked.
 *
 * @param positions by notification, of each state that was marked
 */
public record Marks(Map<UUID, Map<NotificationState, MarkPosition>> positions) {

    static final Marks NONE = new Marks(Map.of());

    public Marks {
        positions = Map.copyOf(positions);
    }

    static Marks of(NotificationState state, Map<UUID, MarkPosition> positions) {
        return new Marks(positions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Map.of(state, entry.getValue()))));
    }

    /** The mark of this state. */
    public MarkPosition of(UUID id, NotificationState state) {
        return positions.getOrDefault(id, Map.of()).getOrDefault(state, MarkPosition.NONE);
    }

    /** Both combined. */
    Marks and(Marks other) {
        var all = new HashMap<>(positions);
        other.positions.forEach((id, more) -> all.merge(id, more, Marks::combined));
        return new Marks(all);
    }

    private static Map<NotificationState, MarkPosition> combined(
            Map<NotificationState, MarkPosition> one, Map<NotificationState, MarkPosition> other) {
        var both = new EnumMap<NotificationState, MarkPosition>(one);
        other.forEach((state, position) -> both.merge(state, position, MarkPosition::or));
        return both;
    }
}
