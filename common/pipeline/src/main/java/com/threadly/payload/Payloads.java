package com.threadly.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;

/** Payload records as JSON: fields by their names, times in ISO-8601 UTC. */
public final class Payloads {

    private static final ObjectWriter WRITER = JsonMappers.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build()
            .writer();

    private static final ObjectWriter ASCII = WRITER.with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private Payloads() {}

    /** The JSON of {@code payload}, a record of plain values. */
    public static String json(Object payload) {
        return json(payload, WRITER);
    }

    /** The same with non-ASCII characters escaped: a string of one byte per character, which is encoded by copying. */
    public static String ascii(Object payload) {
        return json(payload, ASCII);
    }

    private static String json(Object payload, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot serialize a payload: " + payload.getClass(), e);
        }
    }
}
