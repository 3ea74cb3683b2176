package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events between our serde and Confluent's own client, both at the real registry. */
@ExtendWith(Servers.Extension.class)
class ConfluentInteropIT {

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Sample(Topic<?> topic, String topicName, JsonNode json) {

        SpecificRecord event() throws IOException {
            Class<? extends SpecificRecord> type = topic.valueType();
            Schema schema = SpecificData.get().getSchema(type);
            return new SpecificDatumReader<SpecificRecord>(schema, schema, EventData.of(type))
                    .read(null, DecoderFactory.get().jsonDecoder(schema, json.toString()));
        }

        ObjectNode task() throws IOException {
            Path schema =
                    HOME.resolve("schemas/src/main/avro/" + topic.valueType().getSimpleName() + ".avsc");
            return JSON.createObjectNode().put("topic", topicName).put("schema", Files.readString(schema));
        }
    }

    private final URI registry;
    private final SchemaRegistryClient client;
    private final ConfluentPython confluent;
    private final List<Sample> samples = new ArrayList<>();

    ConfluentInteropIT(Servers servers) throws IOException, InterruptedException {
        confluent = ConfluentPython.install(HOME.resolve("integration-tests"));
        registry = servers.registry();
        client = SerdeConfig.of(Map.of(SerdeConfig.URL, registry.toString())).connect();
        String prefix = servers.unique("interop") + "-";
        Path vectors = HOME.resolve("common/serde/src/test/resources/com/threadly/serde/confluent-vectors.json");
        for (JsonNode vector : JSON.readTree(vectors.toFile()).path("vectors")) {
            Topic<?> topic = Topics.named(vector.path("topic").textValue()).orElseThrow();
            samples.add(new Sample(topic, prefix + topic.name(), vector.path("event")));
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void weReadWhatConfluentWrites() throws Exception {
        List<ObjectNode> tasks = new ArrayList<>();
        for (Sample sample : samples) {
            tasks.add(sample.task().set("event", sample.json()));
        }

        List<JsonNode> written = confluent.run("write", registry, tasks);

        AvroDecoder decoder = new AvroDecoder(client);
        assertThat(written).hasSameSizeAs(samples);
        for (int i = 0; i < written.size(); i++) {
            byte[] record = HexFormat.of().parseHex(written.get(i).textValue());
            assertThat(decoder.decode(record)).isEqualTo(samples.get(i).event());
            assertThat(WireFormat.schemaId(record)).isEqualTo(registeredId(samples.get(i)));
            assertThat(encode(samples.get(i))).isEqualTo(record);
        }
    }

    @Test
    void confluentReadsWhatWeWrite() throws Exception {
        List<ObjectNode> tasks = new ArrayList<>();
        for (Sample sample : samples) {
            byte[] record = encode(sample);
            assertThat(WireFormat.schemaId(record)).isEqualTo(registeredId(sample));
            tasks.add(sample.task().put("bytes", HexFormat.of().formatHex(record)));
        }

        List<JsonNode> read = confluent.run("read", registry, tasks);

        assertThat(read).isEqualTo(samples.stream().map(Sample::json).toList());
    }

    private byte[] encode(Sample sample) throws IOException {
        return new AvroEncoder(client).encode(sample.topicName() + "-value", sample.event());
    }

    /** The id in the only version that the subject has: both sides registered the same. */
    private int registeredId(Sample sample) throws IOException, InterruptedException {
        String subject = registry + "/subjects/" + sample.topicName() + "-value/versions";
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(get(http, subject)).isEqualTo(JSON.createArrayNode().add(1));
            return get(http, subject + "/1").path("id").intValue();
        }
    }

    private static JsonNode get(HttpClient http, String url) throws IOException, InterruptedException {
        return JSON.readTree(http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body());
    }
}
