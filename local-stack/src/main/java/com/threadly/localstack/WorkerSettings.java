package com.threadly.localstack;

import com.threadly.localstack.servers.PostgresServer;
import java.util.HashMap;
import java.util.Map;

/** The environment variables that a worker needs for this stack. */
final class WorkerSettings {

    private WorkerSettings() {}

    /** Those of all workers, and of a worker that is started by hand to join the stack. */
    static Map<String, String> of(Addresses addresses, StackCredentials secrets, Links links, PostgresServer database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", links.kafka());
        settings.put("SCHEMA_REGISTRY_URL", links.registry().toString());
        settings.put("PUSHER_APP_ID", secrets.pusher().id());
        settings.put("PUSHER_KEY", secrets.pusher().key());
        settings.put("PUSHER_SECRET", secrets.pusher().secret());
        settings.put("PUSHER_HOST", links.pusher());
        settings.put("PUSHER_TLS", "false");
        settings.put("DATABASE_URL", links.database());
        settings.put("DATABASE_USER", database.user());
        settings.put("DATABASE_PASSWORD", database.password());
        settings.put("AUTH_DEVELOPMENT_SECRET", secrets.developmentTokens());
        settings.put("CORS_ALLOWED_ORIGINS", addresses.pageOrigins());
        settings.put("PRESENCE_URL", addresses.presence().toString());
        // All sample users share one address, and a check subscribes for all of them at once.
        settings.put("RATE_LIMIT_USER", "100000");
        settings.put("RATE_LIMIT_ADDRESS", "100000");
        // The stack's topics hold nothing from before it.
        settings.put("START_AT", "earliest");
        settings.put("ADMIN_HOST", "127.0.0.1");
        settings.put("ADMIN_PORT", "0");
        settings.put("HTTP_HOST", "127.0.0.1");
        settings.put("HTTP_PORT", "0");
        return Map.copyOf(settings);
    }
}
