-- Where deploy/database-roles.sql has made a role for the gateway: it reads inboxes and changes nothing in them.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'threadly_gateway') THEN
        GRANT SELECT ON notification, inbox, early_read TO threadly_gateway;
    END IF;
END
$$;
