package com.threadly.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.InvalidFieldException;
import com.threadly.presence.users.UserTimes;
import com.threadly.presence.viewers.Audience;
import com.threadly.presence.viewers.Count;
import com.threadly.presence.viewers.Times;
import com.threadly.presence.viewers.Window;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionsTest {

    private static final Duration SPAN = Duration.ofSeconds(60);

    private final Times times = new Times(SPAN, SPAN, SPAN, SPAN);
    private final UserTimes userTimes = new UserTimes(SPAN, SPAN, SPAN, SPAN);
    private final Questions questions = new Questions(times, userTimes);

    @ParameterizedTest
    @CsvSource({
        "/presence/channels/presence-product-42, presence-product-42, 100",
        "/presence/channels/presence-product-42?limit=7, presence-product-42, 7",
        "/presence/channels/presence-category-a?x=y&limit=0, presence-category-a, 0",
        "/presence/channels/presence-search-linen%3D20dress?limit=1000, presence-search-linen=20dress, 1000",
    })
    void readsChannels(URI address, String channel, int limit) {
        assertThat(questions.of(address)).hasValue(new Question.OfChannel(channel, limit, times));
    }

    @Test
    void readsUsers() {
        assertThat(questions.of(URI.create("/presence/users/ana%40example.com")))
                .hasValue(new Question.OfUser("ana@example.com", userTimes));
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
        Answer all = Answer.of(ChannelAnswer.of("c", new Audience(new Count(3, 2), window, List.of("ana", "bo"))));
        Answer some = Answer.of(ChannelAnswer.of("c", new Audience(new Count(3, 2), window, List.of("ana"))));

        assertThat(all.body())
                .isEqualTo(
                        "{\"channel\":\"c\",\"count\":2,\"distinctUsers\":3,\"windowStart\":\"1970-01-01T00:00:00Z\","
                                + "\"windowEnd\":\"1970-01-01T00:01:00Z\",\"members\":[\"ana\",\"bo\"]}");
        assertThat(some.body()).endsWith("\"members\":[\"ana\"],\"truncated\":true}");
    }

    @Test
    void saysWhatIsWrongAsAProblem() {
        Answer answer = Answer.notFound("no sign of this user is known");

        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"no sign of this user is known\"}");
    }
}
