-- Users of whom nothing is kept, as erasure-events says, and from how many rows each was removed, as the report of it.
CREATE TABLE erased_member (
    user_id       text        PRIMARY KEY,
    erased_at     timestamptz NOT NULL,
    conversations bigint      NOT NULL DEFAULT 0,
    orders        bigint      NOT NULL DEFAULT 0,
    settings      bigint      NOT NULL DEFAULT 0
);
