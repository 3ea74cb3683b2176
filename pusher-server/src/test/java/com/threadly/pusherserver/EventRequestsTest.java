package com.threadly.pusherserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRequestsTest {

    private final EventRequests requests = new EventRequests(new JsonMapper());

    @Test
    void makesOneEventPerChannelOfATrigger() {
        var parsed = requests.trigger("{'name':'e','data':'d','channels':['a','b'],'socket_id':'1.2'}"
                .replace('\'', '"')
                .getBytes(UTF_8));

        assertThat(parsed.events()).containsExactly(new Event("a", "e", "d", "1.2"), new Event("b", "e", "d", "1.2"));
    }

    @Test
    void keepsTheOrderOfABatch() {
        var parsed = requests.batch(batchOf(10).getBytes(UTF_8));

        assertThat(parsed.events())
                .extracting(Event::data)
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`not json`, 400",
                "`[]`, 400",
                "`null`, 400",
                "`{}`, 400",
                "`{'name':'e','data':'d'}`, 400",
                "`{'name':'e','data':'d','channels':[]}`, 400",
                "`{'name':'e','data':'d','channels':[null]}`, 400",
                "`{'name':'e','data':'d','channels':['a b']}`, 400",
                "`{'name':'','data':'d','channel':'a'}`, 400",
                "`{'data':'d','channel':'a'}`, 400",
                "`{'name':'e','channel':'a'}`, 400",
                "`{'name':'e','data':{'an':'object'},'channel':'a'}`, 400",
                "`{'name':'e','data':'d','channel':'a','socket_id':'x'}`, 400"
            })
    void refusesABadTrigger(String body, int status) {
        assertThatThrownBy(() -> requests.trigger(body.replace('\'', '"').getBytes(UTF_8)))
                .asInstanceOf(type(ApiException.class))
                .returns(status, ApiException::status);
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "101, 400"})
    void limitsTheChannelsOfATrigger(int channels, int status) {
        String names =
                IntStream.range(0, channels).mapToObj(i -> "\"c" + i + "\"").collect(Collectors.joining(","));
        String body = "{\"name\":\"e\",\"data\":\"d\",\"channels\":[" + names + "]}";

        assertThat(statusOf(() -> requests.trigger(body.getBytes(UTF_8)))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "11, 400"})
    void limitsTheEventsOfABatch(int events, int status) {
        assertThat(statusOf(() -> requests.batch(batchOf(events).getBytes(UTF_8))))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"10240, 0", "10241, 413"})
    void limitsTheDataOfAnEvent(int bytes, int status) {
        String body = "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"" + "d".repeat(bytes) + "\"}";

        assertThat(statusOf(() -> requests.trigger(body.getBytes(UTF_8)))).isEqualTo(status);
    }

    private static int statusOf(Runnable request) {
        try {
            request.run();
            return 0;
        } catch (ApiException e) {
            return e.status();
        }
    }

    private static String batchOf(int events) {
        return IntStream.range(0, events)
                .mapToObj(i -> "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
    }
}
