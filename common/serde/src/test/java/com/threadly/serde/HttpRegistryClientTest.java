package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.TypingChanged;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryClientTest {

    private static final Schema SCHEMA = NeutralSchema.of(SpecificData.get().getSchema(TypingChanged.class));
    private static final String NO_SUCH_SCHEMA = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
    private static final String SIMPLE = "{\"schema\":\"\\\"string\\\"\"}";

    private final RegistryStub stub = new RegistryStub();
    private final Map<String, Object> settings = new HashMap<>(
            Map.of(SerdeConfig.URL, stub.url(), SerdeConfig.RETRY_WAIT, 10, SerdeConfig.RETRY_MAX_WAIT, 10));

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void registersOnceAndRemembers() {
        stub.answers(200, "{\"id\":41}");
        try (SchemaRegistryClient client = connect()) {
            assertThat(client.idOf("typing events/ä-value", SCHEMA)).isEqualTo(41);
            assertThat(client.idOf("typing events/ä-value", SCHEMA)).isEqualTo(41);
        }
        assertThat(stub.questions).hasSize(1);
        var question = stub.questions.getFirst();
        assertThat(question.line()).isEqualTo("POST /subjects/typing%20events%2F%C3%A4-value/versions");
        assertThat(question.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(question.authorization()).isNull();
        assertThat(question.body())
                .startsWith("{\"schema\":\"{\\\"type\\\":\\\"record\\\"")
                .doesNotContain("avro.java.string");
    }

    @Test
    void onlyLooksUpWhenItMayNotRegister() {
        settings.put(SerdeConfig.AUTO_REGISTER, "false");
        stub.answers(200, "{\"subject\":\"s\",\"id\":42,\"version\":1}");
        try (SchemaRegistryClient client = connect()) {
            assertThat(client.idOf("s", SCHEMA)).isEqualTo(42);
        }
        assertThat(stub.questions).extracting(RegistryStub.Question::line).containsExactly("POST /subjects/s");
    }

    @Test
    void asksForASchemaOnce() {
        stub.answers(200, SIMPLE);
        try (SchemaRegistryClient client = connect()) {
            assertThat(client.schemaOf(5)).isEqualTo(Schema.create(Schema.Type.STRING));
            client.schemaOf(5);
        }
        assertThat(stub.questions).extracting(RegistryStub.Question::line).containsExactly("GET /schemas/ids/5");
    }

    @Test
    void anIdTheRegistryDoesNotKnowIsUndecodableUntilItDoes() {
        settings.put(SerdeConfig.MAX_RETRIES, 0);
        stub.answers(404, NO_SUCH_SCHEMA).answers(200, SIMPLE);
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("5")
                    .hasMessageContaining(stub.authority());
            assertThat(client.schemaOf(5)).isNotNull();
        }
    }

    @Test
    void asksEachAddressForAnIdThatTheFirstDoesNotKnow() {
        try (RegistryStub other = new RegistryStub()) {
            settings.put(SerdeConfig.URL, stub.url() + "," + other.url());
            stub.answers(404, NO_SUCH_SCHEMA);
            other.answers(200, SIMPLE);
            try (SchemaRegistryClient client = connect()) {
                assertThat(client.schemaOf(5)).isNotNull();
            }
        }
    }

    @Test
    void asksAgainForAnIdThatAReplicaDoesNotKnowYet() {
        stub.answers(404, NO_SUCH_SCHEMA).answers(404, NO_SUCH_SCHEMA).answers(200, SIMPLE);
        try (SchemaRegistryClient client = connect()) {
            assertThat(client.schemaOf(5)).isNotNull();
        }
        assertThat(stub.questions).hasSize(3);
    }

    @Test
    void doesNotWaitForEachOfManyUnknownIds() {
        settings.put(SerdeConfig.MAX_RETRIES, 2);
        stub.answers(404, NO_SUCH_SCHEMA);
        try (SchemaRegistryClient client = connect()) {
            for (int id = 0; id < 10; id++) {
                int unknown = id;
                assertThatThrownBy(() -> client.schemaOf(unknown)).isInstanceOf(UndecodableException.class);
            }
        }
        assertThat(stub.questions).hasSize(12);
    }

    @Test
    void believesTheAddressThatAnswersWhenTheOtherIsDown() {
        RegistryStub gone = new RegistryStub();
        gone.close();
        settings.put(SerdeConfig.URL, gone.url() + "," + stub.url());
        stub.answers(404, NO_SUCH_SCHEMA);
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5)).isInstanceOf(UndecodableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}",
                "{\"schema\":\"no avro\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"A\\\",\\\"fields\\\":[{\\\"name\\\":\\\"b\\\",\\\"type\\\":\\\"B\\\"}]}\"}"
            })
    void whatIsNoAvroSchemaIsUndecodable(String body) {
        stub.answers(200, body);
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5)).isInstanceOf(UndecodableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void asksAgainWhenTheRegistryIsTroubled(int status) {
        stub.answers(status, "").answers(status, "").answers(200, SIMPLE);
        try (SchemaRegistryClient client = connect()) {
            assertThat(client.schemaOf(5)).isNotNull();
        }
        assertThat(stub.questions).hasSize(3);
    }

    @Test
    void givesUpAfterTheLastRetryAndStartsAfreshNextTime() {
        settings.put(SerdeConfig.MAX_RETRIES, 2);
        stub.answers(503, "").answers(503, "").answers(503, "").answers(200, SIMPLE);
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("503")
                    .hasMessageContaining(SerdeConfig.URL);
            assertThat(client.schemaOf(5)).isNotNull();
        }
        assertThat(stub.questions).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusedCredentialsAreNoFaultOfTheRecord(int status) {
        stub.answers(status, NO_SUCH_SCHEMA);
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(SerdeConfig.BASIC_USER_INFO);
        }
        assertThat(stub.questions).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 <html>", "404 {}", "404 ", "200 <html>", "200 {}", "200 []", "301 ", "400 {}", "405 "})
    void whatNoRegistrySaysIsNoFaultOfTheRecord(String answer) {
        stub.answers(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5)).isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> client.idOf("s", SCHEMA)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void aRefusedSchemaIsNotAskedAgain() {
        stub.answers(409, "{\"error_code\":409,\"message\":\"incompatible with version 3\"}");
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.idOf("s", SCHEMA))
                    .isInstanceOf(SchemaRejectedException.class)
                    .hasMessageContaining("incompatible with version 3")
                    .hasMessageContaining("TypingChanged");
        }
        assertThat(stub.questions).hasSize(1);
    }

    @Test
    void aBodyThatStallsRunsIntoTheTimeout() {
        settings.put(SerdeConfig.READ_TIMEOUT, 200);
        settings.put(SerdeConfig.CONNECT_TIMEOUT, 200);
        settings.put(SerdeConfig.MAX_RETRIES, 1);
        stub.stalls();
        try (SchemaRegistryClient client = connect()) {
            assertThatThrownBy(() -> client.schemaOf(5))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("Timeout");
        }
        assertThat(stub.questions).hasSize(2);
    }

    @Test
    void triesTheNextAddressWhenOneIsDown() {
        RegistryStub gone = new RegistryStub();
        gone.close();
        RegistryStub troubled = new RegistryStub().answers(500, "");
        try (troubled) {
            settings.put(SerdeConfig.URL, gone.url() + "/, " + troubled.url() + "," + stub.url() + "/base/");
            stub.answers(200, SIMPLE);
            try (SchemaRegistryClient client = connect()) {
                assertThat(client.schemaOf(5)).isNotNull();
            }
            assertThat(troubled.questions).hasSize(1);
            assertThat(stub.questions)
                    .extracting(RegistryStub.Question::line)
                    .containsExactly("GET /base/schemas/ids/5");
        }
    }

    private SchemaRegistryClient connect() {
        return SerdeConfig.of(settings).connect();
    }
}
