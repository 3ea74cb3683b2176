package com.threadly.localstack.faults;

import com.threadly.events.MessageSent;
import com.threadly.events.Topics;
import com.threadly.serde.NeutralSchema;
import com.threadly.serde.SchemaRegistryClient;
import com.threadly.serde.SerdeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A message service of a later release: its events have a field that today's worker does not know. */
final class NewerService {

    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final SchemaRegistryClient registry;
    private final Schema schema = withOneMoreField(MessageSent.getClassSchema());
    private int schemaId;

    NewerService(URI registry) {
        this.registry =
                SerdeConfig.of(Map.of(SerdeConfig.URL, registry.toString())).connect();
    }

    /** Registers the schema. */
    void prepare() {
        schemaId = registry.idOf(Topics.MESSAGE_EVENTS.subject(), schema);
    }

    /** Publishes one message to each of the next conversations. */
    void say(TestConversations talk, MessageService service) {
        for (int i = 0; i < 20; i++) {
            Message message = talk.nextMessage();
            talk.said(service.send(message, bytes(message)).join());
        }
    }

    private byte[] bytes(Message message) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("eventId", UUID.randomUUID().toString());
        event.put("occurredAt", Instant.now().toEpochMilli());
        event.put("messageId", message.id());
        event.put("conversationId", message.conversation());
        event.put("senderId", "ana");
        event.put("importance", 7);
        event.put("recipientIds", List.of("ben"));
        event.put("content", "hello from a later release");
        return written(schemaId, event);
    }

    /** Converts what today's service wrote to the later release's schema. */
    byte[] rewritten(byte[] today) {
        try {
            BinaryDecoder decoder =
                    DecoderFactory.get().binaryDecoder(today, HEADER_BYTES, today.length - HEADER_BYTES, null);
            return written(
                    schemaId,
                    new GenericDatumReader<GenericRecord>(NeutralSchema.of(MessageSent.getClassSchema()), schema)
                            .read(null, decoder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In Confluent's wire format. */
    static byte[] written(int schemaId, GenericRecord event) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** In the middle: reading by position instead of name gives nonsense. */
    private static Schema withOneMoreField(Schema generated) {
        Schema today = NeutralSchema.of(generated);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : today.getFields()) {
            if (field.name().equals("recipientIds")) {
                fields.add(new Schema.Field("importance", Schema.create(Schema.Type.INT), "New.", 0));
            }
            fields.add(new Schema.Field(field, field.schema()));
        }
        return Schema.createRecord(today.getName(), today.getDoc(), today.getNamespace(), false, fields);
    }
}
