package com.threadly.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.InvalidFieldException;
import com.threadly.presence.viewers.ChannelSnapshot;
import com.threadly.presence.viewers.Count;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.presence.viewers.Window;
import com.threadly.runtime.http.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceQueryParserTest {

    private static final Duration SPAN = Duration.ofSeconds(60);

    private final ViewerTimings times = new ViewerTimings(SPAN, SPAN, SPAN, SPAN);
    private final PresenceQueryParser questions = new PresenceQueryParser(times);

    @ParameterizedTest
    @CsvSource({
        "/presence/channels/presence-product-42, presence-product-42, 100",
        "/presence/channels/presence-product-42?limit=7, presence-product-42, 7",
        "/presence/channels/presence-category-a?x=y&limit=0, presence-category-a, 0",
        "/presence/channels/presence-search-linen%3D20dress?limit=1000, presence-search-linen=20dress, 1000",
    })
    void readsChannels(URI address, String channel, int limit) {
        assertThat(questions.of(address)).hasValue(new PresenceQuery.OfChannel(channel, limit, times));
    }

    @Test
    void readsUsers() {
        assertThat(questions.of(URI.create("/presence/users/ana%40example.com")))
                .hasValue(new PresenceQuery.OfUser("ana@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/presence/", "/presence/other", "/presence/channels/private-order-1"})
    void knowsNothingElse(URI address) {
        assertThat(questions.of(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/presence/channels/",
                "/presence/channels/%20",
                "/presence/users/",
                "/presence/users/a/b",
                "/presence/channels/presence-product-42?limit=1001",
                "/presence/channels/presence-product-42?limit=-1",
                "/presence/channels/presence-product-42?limit=99999999999",
            })
    void refusesWhatCannotBe(URI address) {
        assertThatThrownBy(() -> questions.of(address)).isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void saysThatMembersAreLeftOutOnlyWhenSomeAre() {
        var window = new Window(0, 60_000);
        PresenceResponse all = PresenceResponse.of(
                ChannelResponse.of("c", new ChannelSnapshot(new Count(3, 2), window, List.of("ana", "bo"))));
        PresenceResponse some = PresenceResponse.of(
                ChannelResponse.of("c", new ChannelSnapshot(new Count(3, 2), window, List.of("ana"))));

        assertThat(all.body())
                .isEqualTo(
                        "{\"channel\":\"c\",\"count\":2,\"distinctUsers\":3,\"windowStart\":\"1970-01-01T00:00:00Z\","
                                + "\"windowEnd\":\"1970-01-01T00:01:00Z\",\"members\":[\"ana\",\"bo\"]}");
        assertThat(some.body()).endsWith("\"members\":[\"ana\"],\"truncated\":true}");
    }

    @Test
    void saysWhatIsWrongAsAProblem() {
        PresenceResponse answer = PresenceResponse.of(Problem.notFound("this user has not been seen"));

        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"this user has not been seen\"}");
    }
}
