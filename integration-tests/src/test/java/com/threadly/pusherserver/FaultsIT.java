package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.http.HttpResponseInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults as pusher-http-java sees them, and which events of such requests reach a subscriber. */
class FaultsIT {

    private static final String NO_ANSWER = "no answer";

    private final TestServer test = new TestServer();
    private final Faults faults = test.server().faults();
    private final RawSocket subscriber = test.socket();

    @BeforeEach
    void subscribe() throws Exception {
        subscriber.socketId();
        subscriber.send("{'event':'pusher:subscribe','data':{'channel':'c'}}");
        subscriber.next("pusher_internal:subscription_succeeded");
        test.http().setRequestTimeout(500);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    static Stream<Object[]> faults() {
        return Stream.of(
                new Object[] {new Fault.Status(500, null), "500", false},
                new Object[] {new Fault.Status(401, null), "401", false},
                new Object[] {new Fault.Status(403, null), "403", false},
                new Object[] {new Fault.Status(429, Duration.ofSeconds(3)), "429", false},
                new Object[] {new Fault.Hang(), NO_ANSWER, false},
                new Object[] {new Fault.HalfAnswer(), NO_ANSWER, false},
                new Object[] {new Fault.NotJson(502), "502", false},
                new Object[] {new Fault.NotJson(200), "200", true},
                new Object[] {new Fault.DeliverThenFail(new Fault.Status(500, null)), "500", true},
                new Object[] {new Fault.DeliverThenFail(new Fault.Hang()), NO_ANSWER, true},
                new Object[] {new Fault.DeliverThenFail(new Fault.HalfAnswer()), NO_ANSWER, true});
    }

    @ParameterizedTest
    @MethodSource("faults")
    void happensOnceAndDeliversOnlyIfItShould(Fault fault, String answer, boolean delivers) throws Exception {
        faults.next(1, fault);

        assertThat(publish("first")).isEqualTo(answer);
        assertThat(publish("second")).isEqualTo("200");

        if (delivers) {
            assertThat(nextData()).isEqualTo("first");
        }
        assertThat(nextData()).isEqualTo("second");
        await().untilAsserted(() -> assertThat(test.server().stats().errors()).isEqualTo(answer.equals("200") ? 0 : 1));
    }

    @Test
    void answersWhatIsNotJson() {
        faults.next(1, new Fault.NotJson(200));

        assertThat(test.http().trigger("c", "e", "d").getMessage()).startsWith("<html>");
    }

    @Test
    void saysWhenToComeAgain() {
        var retryAfter = new AtomicReference<String>();
        var http = new Pusher(TestServer.APP.id(), TestServer.APP.key(), TestServer.APP.secret());
        http.setHost(test.server().host() + ":" + test.server().port());
        HttpResponseInterceptor reader = (response, context) ->
                retryAfter.set(response.getFirstHeader("Retry-After").getValue());
        http.configureHttpClient(Pusher.defaultHttpClientBuilder().addInterceptorLast(reader));
        faults.next(1, new Fault.Status(429, Duration.ofSeconds(7)));

        assertThat(http.trigger("c", "e", "d").getHttpStatus()).isEqualTo(429);
        assertThat(retryAfter).hasValue("7");
    }

    @Test
    void delaysAnswersButNotDelivery() throws Exception {
        faults.delay(Duration.ofHours(1));

        assertThat(publish("first")).isEqualTo(NO_ANSWER);

        assertThat(nextData()).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"poison-c, e, d", "c, poison-e, d", "c, e, some poison"})
    void rejectsEveryBatchWithAMarkedEvent(String channel, String name, String data) throws Exception {
        faults.reject("poison", 413);

        Result result = test.http().trigger(List.of(new Event("c", "e", "good"), new Event(channel, name, data)));

        assertThat(result.getHttpStatus()).isEqualTo(413);
        assertThat(publish("next")).isEqualTo("200");
        assertThat(nextData()).isEqualTo("next");
    }

    @Test
    void aHangingRequestEndsWhenTheServerCloses() {
        faults.always(new Fault.Hang());
        test.http().setRequestTimeout(60_000);
        var status = new AtomicReference<String>();
        Thread publisher = Thread.startVirtualThread(() -> status.set(publish("d")));
        await().until(() -> test.server().stats().errors() == 1);

        test.server().close();

        await().until(() -> !publisher.isAlive());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fault':'status','status':403,'times':1} | 403 | 200",
                "{'fault':'status','status':429,'retryAfterSeconds':2} | 429 | 429",
                "{'fault':'hang','times':1} | no answer | 200",
                "{'fault':'notJson','status':502,'times':1} | 502 | 200",
                "{'fault':'halfAnswer','times':1} | no answer | 200",
                "{'fault':'status','deliverThenFail':true,'times':1} | 500 | 200",
                "{'marker':'d','markerStatus':400} | 400 | 400",
                "{} | 200 | 200"
            })
    void canBeSetOverHttp(String switches, String first, String second) throws Exception {
        faults.always(new Fault.Status(418, null));

        assertThat(put(switches)).isEqualTo(200);

        assertThat(publish("d")).isEqualTo(first);
        assertThat(publish("d")).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`nonsense`", "`{'fault':'unknown'}`", "`{'unknown':1}`"})
    void refusesSwitchesThatDoNotExist(String switches) throws Exception {
        assertThat(put(switches)).isEqualTo(400);
    }

    private int put(String switches) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://" + test.server().host() + ":" + test.server().port() + "/dev/faults");
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri)
                    .PUT(HttpRequest.BodyPublishers.ofString(switches.replace('\'', '"')))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    private String publish(String data) {
        Result result = test.http().trigger("c", "e", data);
        return result.getHttpStatus() == null
                ? NO_ANSWER
                : result.getHttpStatus().toString();
    }

    private String nextData() throws Exception {
        return subscriber.next("e").path("data").asText().replace("\"", "");
    }
}
