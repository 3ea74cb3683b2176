-- With read_at in it, the index that lists an inbox also counts what is unread of it.
DROP INDEX notification_inbox;
CREATE INDEX notification_inbox ON notification (user_id, last_event_at DESC, id) INCLUDE (read_at);

-- For retention, and to look among what is recent for rows that were stored and never pushed. There is no index on
-- pushed_at on purpose: it would have each mark write all other indexes, too (no heap-only update).
CREATE INDEX notification_age ON notification (last_event_at);

-- Who marked everything as read, and up to when. A row is read when this, or its own read_at, is not before its
-- last_event_at: no row is written for it, and rows that come late need no care.
CREATE TABLE inbox (
    user_id    text        PRIMARY KEY,
    read_up_to timestamptz NOT NULL
);

-- Reads that came before the rows that they are of.
CREATE TABLE early_read (
    notification_id uuid,
    user_id         text,
    read_at         timestamptz NOT NULL,
    PRIMARY KEY (notification_id, user_id)
);

CREATE INDEX early_read_age ON early_read (read_at);

-- Events that are pushed without a row of their own: announcements and reads.
ALTER TABLE broadcast RENAME TO pushed_event;
CREATE INDEX pushed_event_age ON pushed_event (pushed_at);
