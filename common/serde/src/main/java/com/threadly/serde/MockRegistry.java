package com.threadly.serde;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;

/** An in-memory registry for tests, shared per scope within the JVM, as with Confluent's. */
public final class MockRegistry implements SchemaRegistryClient {

    /** Static because clients that Kafka creates by reflection share a scope by name alone. */
    private static final ConcurrentMap<String, MockRegistry> SCOPES = new ConcurrentHashMap<>();

    private record Registration(String subject, int id) {}

    private final List<Schema> schemas = new ArrayList<>();
    private final Set<Registration> registrations = new HashSet<>();

    /** The registry of {@code mock://scope}. */
    public static MockRegistry scope(String scope) {
        return SCOPES.computeIfAbsent(scope, ignored -> new MockRegistry());
    }

    /** Drops a scope: the next client finds it empty. */
    public static void drop(String scope) {
        SCOPES.remove(scope);
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        registrations.add(new Registration(subject, known + 1));
        return known + 1;
    }

    /** The same registry without the right to register. */
    SchemaRegistryClient readOnly() {
        return new SchemaRegistryClient() {
            @Override
            public int idOf(String subject, Schema schema) {
                return lookUp(subject, schema);
            }

            @Override
            public Schema schemaOf(int id) {
                return MockRegistry.this.schemaOf(id);
            }

            @Override
            public boolean knows(int id) {
                return MockRegistry.this.knows(id);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized int lookUp(String subject, Schema schema) {
        int id = schemas.indexOf(schema) + 1;
        if (!registrations.contains(new Registration(subject, id))) {
            throw new SchemaRejectedException("The mock registry has no schema " + schema.getFullName()
                    + " under subject " + subject + "; register it, or set auto.register.schemas=true");
        }
        return id;
    }

    @Override
    public synchronized Schema schemaOf(int id) {
        if (!knows(id)) {
            throw new UnknownIdException("The mock registry has no schema with id " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized boolean knows(int id) {
        return id >= 1 && id <= schemas.size();
    }

    /** Keeps the scope, which others share. */
    @Override
    public void close() {}
}
