-- The rebuild that runs, or was killed: one at most. Each of its steps looks here whether it still is the one.
CREATE TABLE rebuild_run (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    id       uuid        NOT NULL,
    command  text        NOT NULL,
    process  text        NOT NULL,
    begun_at timestamptz NOT NULL
);
