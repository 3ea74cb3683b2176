-- The settings of users who have changed any, as the latest event of each says.
CREATE TABLE user_settings (
    user_id        text        PRIMARY KEY,
    appear_offline boolean     NOT NULL,
    as_of          timestamptz NOT NULL
) WITH (fillfactor = 85);
