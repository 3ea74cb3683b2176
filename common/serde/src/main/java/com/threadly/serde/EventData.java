package com.threadly.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's view of one generated event class and its nested types; for Avro's own readers and writers.
 *
 * <p>Avro instantiates classes by name only if a JVM-wide property trusts them. Without that property, this trusts the
 * classes of which the event class consists, and no others.
 */
public final class EventData extends SpecificData {

    private final Map<String, Class<?>> classes = new HashMap<>();

    /** The view of {@code type}. */
    public static SpecificData of(Class<? extends SpecificRecord> type) {
        EventData data = new EventData(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(data::addLogicalTypeConversion);
        data.trust(SpecificData.get().getSchema(type));
        return data;
    }

    private EventData(ClassLoader loader) {
        super(loader);
    }

    private void trust(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (trustNamed(schema)) {
                    schema.getFields().forEach(field -> trust(field.schema()));
                }
            }
            case ENUM, FIXED -> trustNamed(schema);
            case ARRAY -> trust(schema.getElementType());
            case MAP -> trust(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::trust);
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private boolean trustNamed(Schema schema) {
        try {
            Class<?> type = Class.forName(getClassName(schema), false, getClassLoader());
            return classes.put(schema.getFullName(), type) == null;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The generated classes lack " + schema.getFullName(), e);
        }
    }

    @Override
    public @Nullable Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> classes.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }
}
