package com.threadly.localstack.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Reads plain JSON as values of generated classes, and collects what does not fit. */
final class PlainValues {

    private final SpecificData classes;
    private final List<String> problems = new ArrayList<>();

    PlainValues(SpecificData classes) {
        this.classes = classes;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** The value of {@code field}, or null if it is null or a problem was found. */
    @Nullable
    Object read(String field, JsonNode json, Schema schema) {
        return switch (schema.getType()) {
            case UNION -> json.isNull() && schema.isNullable() ? null : read(field, json, present(schema));
            case STRING -> isA("uuid", schema) ? uuid(field, json) : text(field, json);
            case LONG -> isA("timestamp-millis", schema) ? time(field, json) : whole(field, json);
            case BOOLEAN -> json.isBoolean() ? (Object) json.booleanValue() : wrong(field, "true or false", json);
            case ENUM -> symbol(field, json, schema);
            case INT -> small(field, json);
            case ARRAY -> list(field, json, schema.getElementType());
            case MAP -> map(field, json, schema.getValueType());
            case RECORD, FIXED, BYTES, FLOAT, DOUBLE, NULL ->
                throw new IllegalStateException("No event has a field such as " + field + ", of " + schema.getType());
        };
    }

    private @Nullable Object text(String field, JsonNode json) {
        return json.isTextual() ? json.textValue() : wrong(field, "a string", json);
    }

    private @Nullable Object whole(String field, JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToLong()
                ? (Object) json.longValue()
                : wrong(field, "a whole number", json);
    }

    private @Nullable Object small(String field, JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToInt()
                ? (Object) json.intValue()
                : wrong(field, "a whole number below 2147483648", json);
    }

    private @Nullable Object uuid(String field, JsonNode json) {
        try {
            UUID uuid = UUID.fromString(json.isTextual() ? json.textValue() : "");
            return uuid.toString().equalsIgnoreCase(json.textValue()) ? uuid : wrong(field, "a UUID", json);
        } catch (IllegalArgumentException none) {
            return wrong(field, "a UUID", json);
        }
    }

    private @Nullable Object time(String field, JsonNode json) {
        try {
            if (json.isIntegralNumber() && json.canConvertToLong()) {
                return Instant.ofEpochMilli(json.longValue());
            }
            Instant time =
                    Instant.parse(json.isTextual() ? json.textValue() : "").truncatedTo(ChronoUnit.MILLIS);
            return Instant.ofEpochMilli(time.toEpochMilli());
        } catch (DateTimeException | ArithmeticException none) {
            return wrong(field, "a time such as 2026-03-01T10:00:00Z, or milliseconds since 1970", json);
        }
    }

    private @Nullable Object symbol(String field, JsonNode json, Schema schema) {
        return json.isTextual() && schema.hasEnumSymbol(json.textValue())
                ? classes.createEnum(json.textValue(), schema)
                : wrong(field, "one of " + String.join(", ", schema.getEnumSymbols()), json);
    }

    private @Nullable Object list(String field, JsonNode json, Schema element) {
        if (!json.isArray()) {
            return wrong(field, "a list", json);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int n = 0; n < json.size(); n++) {
            values.add(read(field + "[" + n + "]", json.get(n), element));
        }
        return values;
    }

    private @Nullable Object map(String field, JsonNode json, Schema value) {
        if (!json.isObject()) {
            return wrong(field, "an object", json);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        json.properties()
                .forEach(entry ->
                        values.put(entry.getKey(), read(field + "." + entry.getKey(), entry.getValue(), value)));
        return values;
    }

    private @Nullable Object wrong(String field, String wanted, JsonNode json) {
        String hint = json.isObject() ? " (write the value plainly, without its type)" : "";
        problem("%s must be %s, not %s%s".formatted(field, wanted, abridged(json.toString()), hint));
        return null;
    }

    private static boolean isA(String logicalType, Schema schema) {
        LogicalType actual = schema.getLogicalType();
        return actual != null && actual.getName().equals(logicalType);
    }

    private static Schema present(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static String abridged(String json) {
        return json.length() <= 60 ? json : json.substring(0, 57) + "...";
    }
}
