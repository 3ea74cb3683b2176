#!/bin/sh
# Creates the roles in the database of docker-compose.yml, which PostgreSQL's image runs when its volume is new. Where the
# volume is older:  docker compose exec postgres sh /docker-entrypoint-initdb.d/roles.sh
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file /etc/threadly/database-roles.sql
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set inbox="$DATABASE_INBOX_PASSWORD" --set gateway="$DATABASE_GATEWAY_PASSWORD" <<'SQL'
ALTER ROLE threadly_inbox PASSWORD :'inbox';
ALTER ROLE threadly_gateway PASSWORD :'gateway';
SQL
