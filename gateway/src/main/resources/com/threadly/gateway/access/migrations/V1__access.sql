-- Who takes part in what, as the latest event of each says: one row each, written over when that changes.
CREATE TABLE conversation_participant (
    conversation_id text        PRIMARY KEY,
    user_ids        text[]      NOT NULL,
    -- When the event occurred that said so; an older one that comes late changes nothing.
    as_of           timestamptz NOT NULL
) WITH (fillfactor = 85);

CREATE TABLE order_party (
    order_id text        PRIMARY KEY,
    -- The buyer and the seller.
    user_ids text[]      NOT NULL,
    as_of    timestamptz NOT NULL
) WITH (fillfactor = 85);
