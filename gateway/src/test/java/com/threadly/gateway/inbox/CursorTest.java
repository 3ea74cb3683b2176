package com.threadly.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final String ID = "/00000000-0000-0000-0000-000000000001";

    @Test
    void comesBackAsItWent() {
        var cursor = new Cursor(Instant.parse("2026-11-01T12:00:00.123456Z"), UUID.randomUUID());

        assertThat(Cursor.parse(cursor.text())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026-11-01T12:00:00Z",
                "2026-11-01T12:00:00Z/",
                "2026-11-01T12:00:00Z/1",
                "yesterday" + ID,
                "-1000000000-01-01T00:00:00Z" + ID,
                "+1000000000-12-31T23:59:59Z" + ID,
                "2026-11-01T12:00:00Z'; DROP TABLE notification; --" + ID,
            })
    void refusesWhatItDidNotGive(String plain) {
        String text = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        assertThat(Cursor.parse(text)).isEmpty();
        assertThat(Cursor.parse(plain)).isEmpty();
    }
}
