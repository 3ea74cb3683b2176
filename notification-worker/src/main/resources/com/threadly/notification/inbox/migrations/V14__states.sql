-- What else users mark: each state holds up to the revision that was marked, whatever clocks say. Of states that are taken
-- back, a mark of a higher round replaces those of lower ones: read_revision is that of read_round.
-- Nobody waits for a lock behind this one for long; it is tried again.
SET LOCAL lock_timeout = '1s';
ALTER TABLE notification
    ADD COLUMN read_round integer NOT NULL DEFAULT 0,
    ADD COLUMN seen_revision integer NOT NULL DEFAULT 0,
    ADD COLUMN archived_round integer NOT NULL DEFAULT 0,
    ADD COLUMN archived_revision integer NOT NULL DEFAULT 0,
    ADD COLUMN deleted_revision integer NOT NULL DEFAULT 0;
ALTER TABLE early_read
    ADD COLUMN read_round integer NOT NULL DEFAULT 0,
    ADD COLUMN seen_revision integer NOT NULL DEFAULT 0,
    ADD COLUMN archived_round integer NOT NULL DEFAULT 0,
    ADD COLUMN archived_revision integer NOT NULL DEFAULT 0,
    ADD COLUMN deleted_revision integer NOT NULL DEFAULT 0;
