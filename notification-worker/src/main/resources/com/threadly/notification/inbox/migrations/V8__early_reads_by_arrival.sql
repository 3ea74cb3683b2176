-- Early reads are kept for days after they came, not for as long as rows: their own times say when somebody read.
ALTER TABLE early_read ADD COLUMN stored_at timestamptz NOT NULL DEFAULT now();
DROP INDEX early_read_age;
CREATE INDEX early_read_age ON early_read (stored_at);
