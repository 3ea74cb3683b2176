#!/bin/sh
# Prints a fresh .env for docker-compose.yml: deploy/new-secrets.sh > .env
set -eu
umask 077
for name in PUSHER_SECRET DATABASE_PASSWORD AUTH_DEVELOPMENT_SECRET GRAFANA_PASSWORD; do
    printf '%s=%s\n' "$name" "$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')"
done
