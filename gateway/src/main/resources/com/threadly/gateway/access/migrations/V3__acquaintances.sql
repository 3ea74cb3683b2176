-- Whether two users share a conversation or an order: only then may one see the other's status.
CREATE INDEX conversation_participant_users ON conversation_participant USING gin (user_ids);
CREATE INDEX order_party_users ON order_party USING gin (user_ids);
