-- A row is read when read_revision >= revision, whatever clocks say. read_at is of marks from before revisions, and still
-- means what it meant; marked_at is when the user last marked the row, and decides nothing about its state.
-- Nobody waits for a lock behind this one for long; it is tried again.
SET LOCAL lock_timeout = '1s';
ALTER TABLE notification ADD COLUMN read_revision integer NOT NULL DEFAULT 0, ADD COLUMN marked_at timestamptz;
ALTER TABLE early_read ADD COLUMN read_revision integer NOT NULL DEFAULT 0, ADD COLUMN marked_at timestamptz,
    ALTER COLUMN read_at DROP NOT NULL;
