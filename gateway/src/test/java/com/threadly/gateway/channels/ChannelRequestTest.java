package com.threadly.gateway.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.gateway.http.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRequestTest {

    private static final ChannelRequest ASKED = new ChannelRequest("123.456", List.of("presence-search-a=20b"), false);

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
                "socket_id=1.2&channel_name=%zz",
                "socket_id[]=1.2&channel_name=private-user-u1",
            })
    void refusesAFormThatIsNoRequest(String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> form(body))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket_id=1.2&channel_name[0]=a&channel_name[1]=b",
                "socket_id=1.2&channel_name%5B%5D=a&channel_name%5B%5D=b",
            })
    void readsABatchAsPluginsSendIt(String body) {
        assertThat(form(body)).isEqualTo(new ChannelRequest("1.2", List.of("a", "b"), true));
    }

    @Test
    void readsABatchInJson() {
        assertThat(json("{\"socket_id\":\"1.2\",\"channel_name\":[\"a\"]}"))
                .isEqualTo(new ChannelRequest("1.2", List.of("a"), true));
    }

    @Test
    void refusesABatchOfTooMany() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> form("socket_id=1.2" + "&channel_name[]=a".repeat(101)))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
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
                "{\"socket_id\":\"1.2\",\"channel_name\":[1]}",
                "{\"socket_id\":\"1.2\",\"channel_name\":{}}",
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
