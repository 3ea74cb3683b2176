-- Who is online, as user-presence says; kept only where digests are quiet for them.
CREATE TABLE user_presence (
    user_id    text        PRIMARY KEY,
    online     boolean     NOT NULL,
    changed_at timestamptz NOT NULL
);
