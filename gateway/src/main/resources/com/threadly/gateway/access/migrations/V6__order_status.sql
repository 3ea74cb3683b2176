-- Where an order stands, for who opens its page. Null while only events of before have told of it, and where the latest
-- has a status that this gateway does not know.
-- Nobody waits for a lock behind this one for long; it is tried again.
SET LOCAL lock_timeout = '1s';
ALTER TABLE order_party
    ADD COLUMN status          text,
    ADD COLUMN previous_status text,
    -- When the event occurred that says so, as far as that can be believed.
    ADD COLUMN updated_at      timestamptz,
    -- Of the record that says so.
    ADD COLUMN status_offset   bigint;
