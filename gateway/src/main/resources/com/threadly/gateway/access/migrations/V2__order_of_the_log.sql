-- The record that said so: the order of the log decides, as the clocks of services may be wrong.
ALTER TABLE conversation_participant
    ADD COLUMN log_partition integer NOT NULL DEFAULT -1,
    ADD COLUMN log_offset    bigint  NOT NULL DEFAULT -1;

ALTER TABLE order_party
    ADD COLUMN log_partition integer NOT NULL DEFAULT -1,
    ADD COLUMN log_offset    bigint  NOT NULL DEFAULT -1;

-- Times in the future would keep later events from changing anything.
UPDATE conversation_participant SET as_of = now() WHERE as_of > now();
UPDATE order_party SET as_of = now() WHERE as_of > now();
