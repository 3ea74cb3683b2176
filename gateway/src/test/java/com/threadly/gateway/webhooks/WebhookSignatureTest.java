package com.threadly.gateway.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookSignatureTest {

    private static final String BODY = "{\"time_ms\":1,\"events\":[]}";
    private static final String RIGHT = Signed.hex("secret", BODY);

    private final WebhookSignature signature =
            new WebhookSignature(List.of(new AppKey("key", "secret"), new AppKey("older", "older secret")));

    @Test
    void knowsWhatPusherSigned() {
        assertThat(signature.genuine("key", RIGHT, BODY.getBytes(UTF_8))).isTrue();
    }

    @Test
    void knowsWhatWasSignedWithAnotherKeyWhileKeysAreRotated() {
        assertThat(signature.genuine("older", Signed.hex("older secret", BODY), BODY.getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void showsNoSecret() {
        assertThat(new AppKey("key", "secret").toString()).contains("key").doesNotContain("secret");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String what, @Nullable String key, @Nullable String hex, String body) {
        assertThat(signature.genuine(key, hex, body.getBytes(UTF_8))).as(what).isFalse();
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                Arguments.of("no key", null, RIGHT, BODY),
                Arguments.of("no signature", "key", null, BODY),
                Arguments.of("an empty signature", "key", "", BODY),
                Arguments.of("one key with the secret of another", "older", RIGHT, BODY),
                Arguments.of("another key", "key2", RIGHT, BODY),
                Arguments.of("another secret", "key", Signed.hex("secret2", BODY), BODY),
                Arguments.of("a signature cut short", "key", RIGHT.substring(1), BODY),
                Arguments.of("a signature in capitals", "key", RIGHT.toUpperCase(Locale.ROOT), BODY),
                Arguments.of("another body", "key", RIGHT, BODY + " "),
                Arguments.of("a body with other spaces", "key", RIGHT, BODY.replace(":", ": ")));
    }
}
