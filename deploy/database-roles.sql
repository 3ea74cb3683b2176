-- The database roles, each with the rights that its deployable needs. Run it once as a superuser, in the inbox's
-- database, and again after an upgrade: it changes only what differs.
--   psql --set ON_ERROR_STOP=1 --dbname threadly --file deploy/database-roles.sql
-- A role cannot log in with a password before it has one: ALTER ROLE threadly_gateway PASSWORD '…'.
DO $roles$
DECLARE
    role text;
    tab  text;
BEGIN
    FOREACH role IN ARRAY ARRAY['threadly_inbox', 'threadly_gateway'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', role);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);
        -- Each deployable creates its own tables, and may do anything with these.
        EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', current_schema(), role);
    END LOOP;
    -- A rebuild fills its tables in a schema of its own.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO threadly_inbox', current_database());

    -- Tables from before there were roles. An index belongs to its table's owner.
    FOREACH tab IN ARRAY ARRAY['notification', 'digest_message', 'pushed_event', 'inbox', 'early_read', 'rebuild',
            'rebuild_run', 'user_presence', 'erased_user', 'notification_migration'] LOOP
        IF to_regclass(format('%I.%I', current_schema(), tab)) IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %I.%I OWNER TO threadly_inbox', current_schema(), tab);
        END IF;
    END LOOP;
    FOREACH tab IN ARRAY ARRAY['conversation_participant', 'order_party', 'user_settings', 'erased_member',
            'gateway_migration'] LOOP
        IF to_regclass(format('%I.%I', current_schema(), tab)) IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %I.%I OWNER TO threadly_gateway', current_schema(), tab);
        END IF;
    END LOOP;

    -- The gateway reads inboxes. Where they do not exist yet, notification-worker's migration grants this.
    FOREACH tab IN ARRAY ARRAY['notification', 'inbox', 'early_read'] LOOP
        IF to_regclass(format('%I.%I', current_schema(), tab)) IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON %I.%I TO threadly_gateway', current_schema(), tab);
        END IF;
    END LOOP;
END
$roles$;
