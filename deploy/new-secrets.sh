#!/bin/sh
# Writes fresh secrets for docker-compose.yml to a new file that only its owner can read: deploy/new-secrets.sh .env
# Without a file it prints them; a redirection would create the file with the caller's rights.
set -eu
umask 077
if [ $# -gt 0 ]; then
    # Never over an existing file: volumes remember its secrets.
    set -C
    exec >"$1"
fi
for name in PUSHER_SECRET DATABASE_PASSWORD DATABASE_INBOX_PASSWORD DATABASE_GATEWAY_PASSWORD AUTH_DEVELOPMENT_SECRET \
    GRAFANA_PASSWORD; do
    printf '%s=%s\n' "$name" "$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')"
done
