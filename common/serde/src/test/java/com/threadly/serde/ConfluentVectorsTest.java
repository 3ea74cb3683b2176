package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Confluent's own serializer's output, with its input. */
class ConfluentVectorsTest {

    record Vector(String what, Topic<?> topic, SchemaRegistryClient registry, SpecificRecord event, String hex) {

        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsWhatConfluentWrote(Vector vector) {
        assertThat(new AvroDecoder(vector.registry()).decode(vector.bytes()))
                .isEqualTo(vector.event())
                .isInstanceOf(vector.topic().valueType());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesTheSameBytesAsConfluent(Vector vector) {
        assertThat(new AvroEncoder(vector.registry()).encode(vector.topic().subject(), vector.event()))
                .asHexString()
                .isEqualToIgnoringCase(vector.hex());
    }

    @Test
    void everyTopicHasAVector() throws IOException {
        assertThat(vectors()).extracting(vector -> (Object) vector.topic()).containsAll(Topics.all());
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream file = ConfluentVectorsTest.class.getResourceAsStream("confluent-vectors.json")) {
            return new ObjectMapper()
                    .readTree(Objects.requireNonNull(file))
                    .path("vectors")
                    .valueStream()
                    .map(ConfluentVectorsTest::vector)
                    .toList();
        }
    }

    private static Vector vector(JsonNode json) {
        Topic<?> topic = Topics.named(json.path("topic").textValue()).orElseThrow();
        return new Vector(
                json.path("what").textValue(),
                topic,
                new OneSchema(json.path("schemaId").intValue(), topic.valueType()),
                event(topic.valueType(), json.path("event")),
                json.path("bytes").textValue());
    }

    private static SpecificRecord event(Class<? extends SpecificRecord> type, JsonNode json) {
        Schema schema = SpecificData.get().getSchema(type);
        try {
            return new SpecificDatumReader<SpecificRecord>(schema, schema, EventData.of(type))
                    .read(null, DecoderFactory.get().jsonDecoder(schema, json.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
