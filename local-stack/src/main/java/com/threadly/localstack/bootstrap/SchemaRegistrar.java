package com.threadly.localstack.bootstrap;

import com.threadly.provisioner.schemas.Subjects;
import java.net.URI;
import java.util.Map;

/** Registers the value schema of every topic. */
public final class SchemaRegistrar {

    private final URI registry;

    public SchemaRegistrar(URI registry) {
        this.registry = registry;
    }

    /** Registers what is missing; existing schemas are left alone. */
    public void register() {
        try (Subjects subjects = Subjects.connect(Map.of("schema.registry.url", registry.toString()))) {
            subjects.register();
        }
    }
}
