package com.threadly.runtime.settings;

import java.util.HashMap;
import java.util.Map;

/** How to reach the schema registry, as Kafka serdes are configured. */
public final class RegistrySettings {

    public static final Setting<String> URL = Setting.text(
            "SCHEMA_REGISTRY_URL", "Base addresses of the schema registry's Confluent API, separated by commas.");

    public static final Setting<String> USER_INFO =
            Setting.secret("SCHEMA_REGISTRY_USER_INFO", "user:password for the schema registry, if it requires one.");

    public static final Setting<String> TOKEN =
            Setting.secret("SCHEMA_REGISTRY_TOKEN", "Bearer token for the schema registry, if it requires one.");

    private final Map<String, String> serde;

    private RegistrySettings(Map<String, String> serde) {
        this.serde = serde;
    }

    public static RegistrySettings from(Settings settings) {
        var serde = new HashMap<String, String>();
        serde.put("schema.registry.url", settings.get(URL));
        settings.find(USER_INFO).ifPresent(userInfo -> {
            serde.put("basic.auth.credentials.source", "USER_INFO");
            serde.put("basic.auth.user.info", userInfo);
        });
        settings.find(TOKEN).ifPresent(token -> {
            serde.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            serde.put("bearer.auth.token", token);
        });
        return new RegistrySettings(Map.copyOf(serde));
    }

    /** Configuration of a serde for Confluent's wire format. */
    public Map<String, String> serde() {
        return serde;
    }

    @Override
    public String toString() {
        return "RegistrySettings[" + Secrets.masked(serde.get("schema.registry.url")) + "]";
    }
}
