package com.threadly.gateway.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.gateway.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRequestTest {

    private static final ChannelRequest ASKED = new ChannelRequest("123.456", "presence-search-a=20b");

    @Test
    void readsAForm() {
        assertThat(form("socket_id=123.456&channel_name=presence-search-a%3D20b"))
                .isEqualTo(ASKED);
    }

    @Test
    void readsJsonAndWhatItDoesNotKnow() {
        assertThat(json("{\"socket_id\":\"123.456\",\"channel_name\":\"presence-search-a=20b\",\"more\":{}}"))
                .isEqualTo(ASKED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&=",
                "socket_id=1.2",
                "channel_name=private-user-u1",
                "socket_id=&channel_name=private-user-u1",
                "socket_id=1&channel_name=private-user-u1",
                "socket_id=1.2.3&channel_name=private-user-u1",
                "socket_id=1.2%0A&channel_name=private-user-u1",
                "socket_id=1.2:private-user-u2&channel_name=private-user-u1",
                "socket_id=1.2&channel_name=",
                "socket_id=1.2&channel_name=private-user-1%2f",
                "socket_id=1.2&channel_name=private-user-1%20",
                "socket_id=1.2&channel_name=private-user-1%0A",
                "socket_id=1.2&channel_name=private-user-1%00",
                "socket_id=1.2&channel_name=private-us%D0%B5r-1",
                "socket_id=1.2&channel_name=%zz",
            })
    void refusesAFormThatIsNoRequest(String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> form(body))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    @Test
    void refusesAChannelNameLongerThanPusherAllows() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> form("socket_id=1.2&channel_name=private-user-" + "1".repeat(10_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"socket_id\":1.2,\"channel_name\":\"private-user-u1\"}",
                "{\"socket_id\":\"1.2\",\"channel_name\":[\"private-user-u1\"]}",
                "{\"socket_id\":\"1.2\",\"channel_name\":null}",
            })
    void refusesJsonThatIsNoRequest(String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> json(body))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    private static ChannelRequest form(String body) {
        return ChannelRequest.parse("application/x-www-form-urlencoded", body.getBytes(UTF_8));
    }

    private static ChannelRequest json(String body) {
        return ChannelRequest.parse("application/json; charset=utf-8", body.getBytes(UTF_8));
    }
}
