-- A row is read when read_revision >= revision, whatever clocks say. read_at is of marks from before revisions, and still
-- means what it meant; marked_at is when the user last marked the row, and decides nothing about its state.
ALTER TABLE notification ADD COLUMN read_revision integer NOT NULL DEFAULT 0, ADD COLUMN marked_at timestamptz;
ALTER TABLE early_read ADD COLUMN read_revision integer NOT NULL DEFAULT 0, ADD COLUMN marked_at timestamptz,
    ALTER COLUMN read_at DROP NOT NULL;
