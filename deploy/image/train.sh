#!/bin/sh
# Records what a deployable loads and links while it starts, so that it starts faster the next time (JEP 514, 515).
# It starts as in production, without any servers, and is stopped once it is alive.
#   train.sh DEPLOYABLE JAR CACHE
set -eu

DEPLOYABLE=$1
JAR=$2
CACHE=$3

JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
set -- -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx256m --sun-misc-unsafe-memory-access=allow

export KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1 SCHEMA_REGISTRY_URL=http://127.0.0.1:1
export PUSHER_APP_ID=training PUSHER_KEY=training PUSHER_SECRET=training PUSHER_HOST=127.0.0.1:1
export DATABASE_URL=jdbc:postgresql://127.0.0.1:1/training DATABASE_USER=training DATABASE_PASSWORD=training
export PRESENCE_URL=http://127.0.0.1:1 AUTH_DEVELOPMENT_SECRET=only-to-train-with-never-to-sign-with
export HTTP_HOST=127.0.0.1 HTTP_PORT=0 ADMIN_HOST=127.0.0.1 ADMIN_PORT="${ADMIN_PORT:-8081}"

case $DEPLOYABLE in
    provisioner)
        # It does its work and exits: here with 1, because no registry answers.
        "$JAVA" "$@" -XX:AOTCacheOutput="$CACHE" -jar "$JAR" schemas check || [ $? -eq 1 ]
        ;;
    *)
        "$JAVA" "$@" -XX:AOTCacheOutput="$CACHE" -jar "$JAR" &
        trained=$!
        until "$JAVA" "$@" -jar "$JAR" health --live; do
            kill -0 "$trained"
        done
        kill -TERM "$trained"
        wait "$trained"
        ;;
esac
test -s "$CACHE"
