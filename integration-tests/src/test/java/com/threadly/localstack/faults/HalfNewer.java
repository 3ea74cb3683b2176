package com.threadly.localstack.faults;

import com.threadly.events.MessageSent;
import com.threadly.serde.AvroSerializer;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes every other message as a service of a later release does. Created by Kafka, by name; for one thread. */
public final class HalfNewer implements Serializer<SpecificRecord> {

    private final AvroSerializer<SpecificRecord> today = new AvroSerializer<>();
    private @Nullable NewerService newer;
    private int messages;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        today.configure(configs, isKey);
        newer = new NewerService(URI.create(String.valueOf(configs.get("schema.registry.url"))));
        newer.prepare();
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord event) {
        byte[] bytes = today.serialize(topic, event);
        return bytes != null && event instanceof MessageSent && messages++ % 2 == 0
                ? Objects.requireNonNull(newer).rewritten(bytes)
                : bytes;
    }

    @Override
    public void close() {
        today.close();
    }
}
