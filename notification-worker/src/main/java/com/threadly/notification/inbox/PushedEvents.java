package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which events without their own row have been pushed: announcements and reads. */
public final class PushedEvents {

    private static final String INSERT = """
            INSERT INTO pushed_event (event_id) SELECT id FROM unnest(:ids) AS given (id) ORDER BY id
            ON CONFLICT (event_id) DO NOTHING
            """;

    private static final String PUSHED = """
            SELECT event_id FROM pushed_event WHERE event_id = ANY(:ids) AND pushed_at IS NOT NULL
            """;

    private final Database database;

    public PushedEvents(Database database) {
        this.database = database;
    }

    /** Stores the events; returns those that have been pushed before. */
    public Set<UUID> remember(List<UUID> eventIds) throws UnavailableException {
        var pushed = new HashSet<UUID>();
        Portions.each(
                eventIds,
                some -> pushed.addAll(database.use(handle -> {
                    handle.createUpdate(INSERT)
                            .bindArray("ids", UUID.class, some)
                            .execute();
                    return handle.createQuery(PUSHED)
                            .bindArray("ids", UUID.class, some)
                            .mapTo(UUID.class)
                            .list();
                })));
        return pushed;
    }
}
