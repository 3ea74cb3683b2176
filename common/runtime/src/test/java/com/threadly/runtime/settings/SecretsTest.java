package com.threadly.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET https://ana:hidden@host:1/x failed | GET https://********@host:1/x failed",
                "http://hidden@a,http://b:hidden@c/x | http://********@a,http://********@c/x",
                "https://ana:hid/den@h@host/ | https://********@host/",
                "ana:hidden@broker:9092 | ********@broker:9092",
                "jdbc:postgresql://h/db?user=a&password=hidden&ssl=on | jdbc:postgresql://h/db?user=a&password=********&ssl=on",
                "http://h/?api_key=hidden;x=1 y | http://h/?api_key=******** y",
                "{sslpassword=hidden, user=ana} | {sslpassword=********, user=ana}",
                "username=`ana` password=`hid den`; | username=`ana` password=********;",
                "password: hidden | password: ********",
                "wrong Password : hidden, user: ana | wrong Password : ********, user: ana",
                "client_secret: `hid den` (x) | client_secret: ******** (x)",
                "SCHEMA_REGISTRY_TOKEN: hidden. | SCHEMA_REGISTRY_TOKEN: ********",
                "Authorization: Bearer hidden, Accept: x | Authorization: Bearer ********, Accept: x",
                "Authorization: Basic hidden== | Authorization: Basic ********",
                "authorization=basic hidden | authorization=basic ********",
                "Proxy-Authorization: hidden | Proxy-Authorization: ********",
                "{'Authorization':'Bearer hidden','n':1} | {'Authorization':'Bearer ********','n':1}",
                "sent Bearer hidden.abc-hidden to the registry | sent Bearer ******** to the registry",
                "user `a`: password:hidden | user `a`: password:********",
                "sasl.jaas.config=hidden | sasl.jaas.config=********",
                "{'password': 'hidden', 'n': 1} | {'password': ********, 'n': 1}"
            })
    void masksWhatIsSecret(String text, String masked) {
        assertThat(Secrets.masked(text.replace('`', '"').replace('\'', '"')))
                .isEqualTo(masked.replace('`', '"').replace('\'', '"'));
        assertThat(Secrets.masked(Secrets.masked(text)))
                .doesNotContain("hidden")
                .isEqualTo(Secrets.masked(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://registry:8081/subjects answered 500",
                "10:15:30.123 broker-1:9092 is away",
                "java.lang.Object@1b2c",
                "basic.auth.credentials.source=USER_INFO",
                "key=conversation-1, topic=message-events",
                "Unexpected token: END_OBJECT",
                "Unexpected token (END_OBJECT)",
                "the password is wrong; check DATABASE_PASSWORD",
                "expected a bearer token",
                "Basic authentication is required",
                "wrong key or secret: check PUSHER_KEY, PUSHER_SECRET and PUSHER_HOST",
                "no credentials: set SCHEMA_REGISTRY_USER_INFO or SCHEMA_REGISTRY_TOKEN"
            })
    void leavesOthersAlone(String text) {
        assertThat(Secrets.masked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ana:hid den@host no port",
                "hidden@broker:9092",
                "no uri://a,b:hidden@c d",
                "http://host/?password=hid hidden&x=1",
                "http://host/?token=a,hidden"
            })
    void quotesAWrongSettingWithoutItsSecret(String text) {
        var settings = Settings.of(Map.of("ADDRESS", text));
        var _ = settings.get(Setting.uri("ADDRESS", "Where.").checked(uri -> {
            throw new IllegalArgumentException("expected something other than " + uri);
        }));

        assertThat(settings.masked().toString()).contains("********").doesNotContain("hidden");
        assertThatThrownBy(settings::verify)
                .hasMessageContaining("ADDRESS=")
                .hasMessageContaining("********")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void isQuickWithTextsOfAnyKind() {
        String[] many = {"://", "a:", "@", "password=\"\\", "x", "a:b ", "\"secret\":", "a\uD83D\uDE00"};
        for (String piece : many) {
            String text = piece.repeat(100_000);
            assertThat(Secrets.masked(text)).isNotNull();
            assertThat(Secrets.maskedValue(text)).isNotNull();
            assertThat(Secrets.masked("http://" + text + "@")).isNotNull();
            assertThat(Secrets.maskedValue("http://" + text + "@")).isNotNull();
        }
    }

    @Test
    void aJaasEntryThatCannotBeReadIsNotQuoted() {
        var settings = Settings.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9092", "KAFKA_SASL_JAAS_CONFIG", "Module hidden x=\"hidden\";"));
        var _ = KafkaSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .hasMessageContaining("KAFKA_SASL_JAAS_CONFIG is wrong")
                .hasMessageNotContaining("hidden");
    }
}
