-- Each row is updated once soon after it is inserted (pushed_at): room on its page keeps that cheap.
CREATE TABLE notification (
    id            uuid        PRIMARY KEY,
    user_id       text        NOT NULL,
    type          text        NOT NULL,
    title         text        NOT NULL,
    message       text        NOT NULL,
    metadata      jsonb       NOT NULL,
    created_at    timestamptz NOT NULL,
    last_event_at timestamptz NOT NULL,
    -- How many distinct events the row tells of. It only grows; each growth clears pushed_at.
    revision      integer     NOT NULL,
    -- Read means read_at >= last_event_at, so that a later message makes a digest unread again by itself.
    read_at       timestamptz,
    -- Null until Pusher has acknowledged the row as it is now.
    pushed_at     timestamptz
) WITH (fillfactor = 85);

CREATE INDEX notification_inbox ON notification (user_id, last_event_at DESC, id);

-- The distinct messages that a digest counts. No foreign key: rows are written only together with their digest's,
-- under its lock, and the check would cost every insert.
CREATE TABLE digest_message (
    notification_id uuid        NOT NULL,
    message_id      text        COLLATE "C" NOT NULL,
    event_id        uuid        NOT NULL,
    sender_id       text        NOT NULL,
    sender_name     text        NOT NULL,
    preview         text        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    PRIMARY KEY (notification_id, message_id)
);

-- Announcements have no row a user; this remembers which have been pushed.
CREATE TABLE broadcast (
    event_id  uuid        PRIMARY KEY,
    pushed_at timestamptz
);
