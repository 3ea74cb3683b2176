-- Of what an event says, whatever the language: of two events with one id, the same one counts, in whatever order they come.
-- Null in rows from before.
-- Nobody waits for a lock behind this one for long; it is tried again.
SET LOCAL lock_timeout = '1s';
ALTER TABLE notification ADD COLUMN fingerprint integer;
ALTER TABLE digest_message ADD COLUMN fingerprint integer;
