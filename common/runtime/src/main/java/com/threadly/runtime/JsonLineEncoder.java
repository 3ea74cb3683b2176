package com.threadly.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.threadly.runtime.settings.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object per event and line: ISO time, the formatted message, key-value pairs in {@code fields}, the stack
 * trace as one string. Secrets are masked.
 */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = {};

    private final Build build = Build.current();
    /** The container knows the host. */
    private final Optional<String> instance = Optional.ofNullable(System.getenv("HOSTNAME"));

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(event, json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toByteArray();
    }

    private void write(ILoggingEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("timestamp", event.getInstant().toString());
        json.writeStringField("level", event.getLevel().toString());
        json.writeStringField("logger", event.getLoggerName());
        json.writeStringField("thread", event.getThreadName());
        writeText(json, "message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null && !event.getKeyValuePairs().isEmpty()) {
            json.writeObjectFieldStart("fields");
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                writeField(json, pair);
            }
            json.writeEndObject();
        }
        if (!event.getMDCPropertyMap().isEmpty()) {
            json.writeObjectFieldStart("mdc");
            for (var entry : event.getMDCPropertyMap().entrySet()) {
                writeText(json, entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            writeText(json, "exception", ThrowableProxyUtil.asString(thrown));
        }
        writeIfKnown(json, "application", build.title());
        writeIfKnown(json, "version", build.version());
        writeIfKnown(json, "instance", instance);
        json.writeEndObject();
    }

    private static void writeField(JsonGenerator json, KeyValuePair pair) throws IOException {
        switch (pair.value) {
            case Integer number -> json.writeNumberField(pair.key, number);
            case Long number -> json.writeNumberField(pair.key, number);
            case Boolean flag -> json.writeBooleanField(pair.key, flag);
            case null, default ->
                json.writeStringField(pair.key, Secrets.maskedField(pair.key, String.valueOf(pair.value)));
        }
    }

    private static void writeIfKnown(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    private static void writeText(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, Secrets.masked(text));
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
