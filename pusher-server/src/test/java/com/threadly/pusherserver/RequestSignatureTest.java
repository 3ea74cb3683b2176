package com.threadly.pusherserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSignatureTest {

    private static final String PATH = "/apps/3/events";
    private static final byte[] BODY =
            "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}".getBytes(UTF_8);
    private static final PusherApp APP = new PusherApp("3", "278d425bdf160c739803", "7ad3773142a6692b25b8");

    /** The worked example of Pusher's documentation of the HTTP API, and the time at which it is valid. */
    private static final Map<String, String> QUERY = Map.of(
            "auth_key", "278d425bdf160c739803",
            "auth_timestamp", "1353088179",
            "auth_version", "1.0",
            "body_md5", "ec365a775a4cd0599faeb73354201b6f",
            "auth_signature", "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");

    private final RequestSignature signature = at(1353088179);

    private static RequestSignature at(long epochSecond) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC);
        return new RequestSignature(APP, new Signer(APP.secret()), clock);
    }

    @Test
    void acceptsTheDocumentedExample() {
        assertThatCode(() -> signature.verify("POST", PATH, QUERY, BODY)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "auth_key, 278d425bdf160c739804",
        "auth_version, 1.1",
        "auth_timestamp, 1353088180",
        "auth_timestamp, soon",
        "body_md5, ec365a775a4cd0599faeb73354201b60",
        "auth_signature, da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e60",
        "auth_signature, da",
        "info, added"
    })
    void refusesAChangedParameter(String name, String value) {
        var query = new HashMap<>(QUERY);
        query.put(name, value);

        assertRefused(query, "POST", PATH, BODY);
    }

    @ParameterizedTest
    @CsvSource({"auth_key", "auth_version", "auth_timestamp", "auth_signature", "body_md5"})
    void refusesAMissingParameter(String name) {
        var query = new HashMap<>(QUERY);
        query.remove(name);

        assertRefused(query, "POST", PATH, BODY);
    }

    @Test
    void refusesAnotherMethodPathOrBody() {
        assertRefused(QUERY, "GET", PATH, BODY);
        assertRefused(QUERY, "POST", "/apps/3/batch_events", BODY);
        assertRefused(QUERY, "POST", PATH, "{}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"-601, false", "-600, true", "600, true", "601, false"})
    void toleratesTenMinutesOfDifferenceBetweenTheClocks(long difference, boolean accepted) {
        RequestSignature later = at(1353088179 + difference);

        var check = assertThatCode(() -> later.verify("POST", PATH, QUERY, BODY));

        if (accepted) {
            check.doesNotThrowAnyException();
        } else {
            check.hasMessageContaining("Timestamp expired");
        }
    }

    private void assertRefused(Map<String, String> query, String method, String path, byte[] body) {
        assertThatThrownBy(() -> signature.verify(method, path, query, body))
                .asInstanceOf(type(ApiException.class))
                .returns(401, ApiException::status);
    }
}
