package com.threadly.localstack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.threadly.events.Topic;
import com.threadly.localstack.traffic.Emission;
import com.threadly.serde.EventData;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of one topic from plain JSON: optional fields may be omitted, and are written without their type. {@code
 * eventId} and {@code occurredAt} are generated if omitted.
 */
final class JsonEventReader<V extends SpecificRecord> {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final Topic<V> topic;
    private final SpecificData classes;
    private final Schema schema;
    private final Map<String, Supplier<Object>> made;

    JsonEventReader(Topic<V> topic, Clock clock, Supplier<UUID> ids) {
        this.topic = topic;
        this.classes = EventData.of(topic.valueType());
        this.schema = classes.getSchema(topic.valueType());
        this.made =
                Map.of("eventId", ids::get, "occurredAt", () -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    Line read(int number, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isObject()
                    ? read(number, json)
                    : new Line.Bad(number, List.of("an event must be a JSON object, not " + json.getNodeType()));
        } catch (JsonProcessingException noJson) {
            int column = noJson.getLocation() == null ? 0 : noJson.getLocation().getColumnNr();
            return new Line.Bad(
                    number,
                    List.of(String.format(
                            Locale.ROOT, "not JSON: %s (column %d)", noJson.getOriginalMessage(), column)));
        }
    }

    private Line read(int number, JsonNode json) {
        PlainValues values = new PlainValues(classes);
        json.fieldNames().forEachRemaining(name -> {
            if (schema.getField(name) == null) {
                values.problem("unknown field " + name);
            }
        });
        SpecificRecord event = (SpecificRecord) classes.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            Object value = value(field, json.get(field.name()), values);
            if (values.problems().isEmpty()) {
                event.put(field.pos(), value);
            }
        }
        if (values.problems().isEmpty()
                && topic.keyOf(topic.valueType().cast(event)).isEmpty()) {
            values.problem(topic.keyField() + " must not be empty: it is the record's key");
        }
        return values.problems().isEmpty()
                ? new Line.Good(number, new Emission<>(topic, topic.valueType().cast(event)))
                : new Line.Bad(number, values.problems());
    }

    private @Nullable Object value(Schema.Field field, @Nullable JsonNode json, PlainValues values) {
        if (json != null) {
            return values.read(field.name(), json, field.schema());
        }
        Supplier<Object> maker = made.get(field.name());
        if (maker != null) {
            return maker.get();
        }
        if (field.hasDefaultValue()) {
            return classes.getDefaultValue(field);
        }
        values.problem("missing field " + field.name());
        return null;
    }
}
