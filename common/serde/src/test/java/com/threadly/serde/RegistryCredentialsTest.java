package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCredentialsTest {

    private static final String SECRET = "s3cr3t+ä";

    private final RegistryStub stub = new RegistryStub().answers(200, "{\"schema\":\"\\\"string\\\"\"}");
    private final Map<String, Object> settings =
            new HashMap<>(Map.of(SerdeConfig.URL, stub.url(), SerdeConfig.MAX_RETRIES, 0));

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void userInfoBecomesBasicAuthorization() {
        settings.put(SerdeConfig.BASIC_SOURCE, "USER_INFO");
        settings.put(SerdeConfig.BASIC_USER_INFO, "ana:" + SECRET);

        assertThat(sentAuthorization()).isEqualTo(basic("ana:" + SECRET));
    }

    @Test
    void credentialsWithinTheAddressAreSentAsAHeaderOnly() {
        settings.put(SerdeConfig.URL, "http://ana:s3cr3t+%C3%A4@" + stub.authority());

        assertThat(sentAuthorization()).isEqualTo(basic("ana:" + SECRET));
    }

    @Test
    void aTokenBecomesBearerAuthorization() {
        settings.put(SerdeConfig.BEARER_SOURCE, "STATIC_TOKEN");
        settings.put(SerdeConfig.BEARER_TOKEN, "s3cr3t\n");

        assertThat(sentAuthorization()).isEqualTo("Bearer s3cr3t");
    }

    @Test
    void secretsShowNowhere() {
        settings.put(SerdeConfig.URL, "http://ana:s3cr3t@127.0.0.1:1,http://ana:s3cr3t@" + stub.authority());
        stub.close();
        SerdeConfig config = SerdeConfig.of(settings);
        try (SchemaRegistryClient client = config.connect()) {
            assertThat(config.toString()
                            + client
                            + new Credentials.UserInfo("ana:s3cr3t")
                            + new Credentials.Bearer("s3cr3t"))
                    .doesNotContain("s3cr3t")
                    .contains("127.0.0.1:1");
            assertThatThrownBy(() -> client.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasStackTraceContaining("Connect")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cr3t"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ftp://ana:s3cr3t@x", "http://", "ana:s3cr3t", "http://ana:s3cr3t@ho st", "mock://a,mock://b"
            })
    void aWrongAddressIsNamedWithoutItsSecrets(String url) {
        settings.put(SerdeConfig.URL, url);

        assertThatThrownBy(() -> SerdeConfig.of(settings).connect())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(SerdeConfig.URL)
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SerdeConfig.BASIC_SOURCE + "=USER_INFO",
                SerdeConfig.BASIC_SOURCE + "=SASL_INHERIT",
                SerdeConfig.BEARER_SOURCE + "=STATIC_TOKEN",
                SerdeConfig.BEARER_SOURCE + "=OAUTHBEARER"
            })
    void aSourceWithoutItsSecretOrUnknownIsRefused(String setting) {
        String[] parts = setting.split("=", 2);
        settings.put(parts[0], parts[1]);

        assertThatThrownBy(() -> SerdeConfig.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(setting);
    }

    @Test
    void aTokenThatNoHeaderMayCarryIsRefusedUnseen() {
        settings.put(SerdeConfig.BEARER_SOURCE, "STATIC_TOKEN");
        settings.put(SerdeConfig.BEARER_TOKEN, "s3cr3t\ns3cr3t");

        assertThatThrownBy(() -> SerdeConfig.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(SerdeConfig.BEARER_TOKEN)
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cr3t"));
    }

    private String sentAuthorization() {
        try (SchemaRegistryClient client = SerdeConfig.of(settings).connect()) {
            client.schemaOf(1);
        }
        return String.valueOf(stub.questions.getFirst().authorization());
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String stackTrace(Throwable e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
