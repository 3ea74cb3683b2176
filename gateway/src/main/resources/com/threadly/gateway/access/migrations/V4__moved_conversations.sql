-- The topic of the record that said so: offsets of two topics cannot be compared.
ALTER TABLE conversation_participant
    ADD COLUMN log_topic    text    NOT NULL DEFAULT 'message-events',
    -- Whether somebody has ever left: from then on, each set of members has a channel of its own.
    ADD COLUMN someone_left boolean NOT NULL DEFAULT false,
    -- The members whose channel has been announced; null while it is the conversation's first.
    ADD COLUMN members_key  text;
