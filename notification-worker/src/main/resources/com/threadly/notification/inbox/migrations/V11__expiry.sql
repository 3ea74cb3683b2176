-- From when on nobody sees a row; it is removed soon after.
-- Nobody waits for a lock behind this one for long; it is tried again.
SET LOCAL lock_timeout = '1s';
ALTER TABLE notification ADD COLUMN expires_at timestamptz NOT NULL DEFAULT 'infinity';
-- Of the few rows that expire: for retention. Writers wait while the table is read once.
CREATE INDEX notification_expiry ON notification (expires_at) WHERE expires_at < 'infinity';
