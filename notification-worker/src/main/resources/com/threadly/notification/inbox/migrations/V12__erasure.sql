-- Users of whom nothing is kept, as erasure-events says, and how many rows were removed of each, as the report of it.
-- Nobody waits for a lock behind this one for long; it is tried again.
SET LOCAL lock_timeout = '1s';
CREATE TABLE erased_user (
    user_id       text        PRIMARY KEY,
    erased_at     timestamptz NOT NULL,
    notifications bigint      NOT NULL DEFAULT 0,
    messages      bigint      NOT NULL DEFAULT 0,
    marks         bigint      NOT NULL DEFAULT 0,
    statuses      bigint      NOT NULL DEFAULT 0,
    -- Messages in digests of others, without the user's name and words since.
    words         bigint      NOT NULL DEFAULT 0
);
CREATE INDEX early_read_user ON early_read (user_id);
