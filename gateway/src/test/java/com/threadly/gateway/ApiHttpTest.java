package com.threadly.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.threadly.events.NotificationState;
import com.threadly.events.NotificationsRead;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.events.UserSettingsChanged;
import com.threadly.gateway.privacy.PresenceNames;
import com.threadly.gateway.publishing.OutgoingEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inbox, typing and presence over HTTP, with a small server in place of the aggregator. */
class ApiHttpTest {

    private static final String ID = "3f2c8f5e-0000-4000-8000-000000000001";

    private final List<OutgoingEvent<?>> stored = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile int aggregatorStatus = 200;
    private volatile String known = "{\"count\":3}";
    private HttpServer aggregator;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        aggregator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aggregator.createContext("/presence/", exchange -> {
            asked.add(exchange.getRequestURI().getRawPath());
            byte[] answer = known.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(aggregatorStatus, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        aggregator.start();
        gateway = new RunningGateway(stored::addAll, 1_000, 1_000, Optional.of(address()));
    }

    private URI address() {
        return URI.create(String.format(
                Locale.ROOT, "http://127.0.0.1:%d/", aggregator.getAddress().getPort()));
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        gateway.close();
        aggregator.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/notifications",
        "GET, /v1/notifications/unread-count",
        "POST, /v1/notifications/read",
        "POST, /v1/notifications/unarchive",
        "POST, /v1/notifications/3f2c8f5e-0000-4000-8000-000000000001/delete",
        "POST, /v1/notifications/3f2c8f5e-0000-4000-8000-000000000001/read",
        "POST, /v1/conversations/c1/typing",
        "POST, /v1/presence",
        "GET, /v1/presence/channels/presence-product-1",
        "GET, /v1/presence/users/u2",
        "GET, /v1/orders/shipped",
        "GET, /v1/settings",
        "PATCH, /v1/settings",
        "POST, /pusher/auth",
        "POST, /pusher/user-auth",
    })
    void nobodyGetsIn(String method, String path) throws Exception {
        var request =
                gateway.request(path).method(method, BodyPublishers.noBody()).build();
        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth0|7", "ben+1@threadly.example", "Ünï", "a b", "u\u0000"})
    void aUserWhoseIdFitsNoChannelIsToldWhatToChange(String id) throws Exception {
        var request = gateway.request("/v1/notifications/unread-count")
                .header("Authorization", "Bearer " + RunningGateway.token(id, "Ana", List.of()))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("sub").doesNotContain(id);
    }

    @ParameterizedTest
    @CsvSource({
        "shipped, 200, SHIPPED",
        "silent, 404, not known yet",
        "away, 503, later",
        "of-others, 403, not yours",
        "shipped%20, 403, not yours",
    })
    void anOrderIsShownToItsParties(String id, int status, String words) throws Exception {
        var answer = get("/v1/orders/" + id);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void aParticipantTypes() throws Exception {
        assertThat(post("/v1/conversations/c1/typing", "{\"isTyping\":true}").statusCode())
                .isEqualTo(204);

        assertThat(stored).singleElement().satisfies(entry -> {
            var event = (TypingChanged) entry.event();
            assertThat(event.getConversationId()).isEqualTo("c1");
            assertThat(event.getUserId()).isEqualTo("u1");
            assertThat(event.getTyping()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/conversations/c2/typing | {\"isTyping\":true} | 403",
                "/v1/conversations/c1%20/typing | {\"isTyping\":true} | 403",
                "/v1/conversations/c1/typing | {\"isTyping\":\"true\"} | 400",
                "/v1/conversations/c1/typing | {} | 400",
                "/v1/conversations/c1/typing | {\"isTyping\":true} {} | 400",
                "/v1/presence | {\"channels\":[\"presence-product-1\"]} | 400",
                "/v1/presence | {\"channels\":[\"presence-product-1\"],\"change\":\"JOINED\"} | 400",
                "/v1/presence | {\"channels\":[],\"change\":\"SEEN\"} | 400",
                "/v1/presence | {\"channels\":[null],\"change\":\"SEEN\"} | 400",
                "/v1/presence | {\"channels\":[\"private-user-u2\"],\"change\":\"SEEN\"} | 400",
                "/v1/presence | {\"channels\":[\"presence-product-a b\"],\"change\":\"SEEN\"} | 400",
                "/v1/notifications/1/read | {} | 400",
                "/v1/notifications/3f2c8f5e-0000-4000-8000-000000000001/read | {\"revision\":0} | 400",
                "/v1/notifications/3f2c8f5e-0000-4000-8000-000000000001/read | {\"revision\":2147483648} | 400",
                "/v1/notifications/3f2c8f5e-0000-4000-8000-000000000001/read | {\"revision\":\"1\"} | 400",
                "/v1/notifications/read | {\"all\":false} | 400",
                "/v1/notifications/read | {\"all\":true,\"ids\":[]} | 400",
                "/v1/notifications/read | {\"notifications\":[null]} | 400",
                "/v1/notifications/read | {\"notifications\":[]} | 400",
                "/v1/notifications/read | {\"notifications\":[{\"id\":\"3f2c8f5e-0000-4000-8000-000000000001\"}]} | 400",
                "/v1/notifications/read | {} | 400",
                "/v1/notifications/read | {\"ids\":[]} | 400",
                "/v1/notifications/read | {\"ids\":[\"1-1-1-1-1\"]} | 400",
                "/v1/notifications/read | {\"ids\":null,\"allUpTo\":null} | 400",
                "/v1/notifications/read | {\"allUpTo\":\"yesterday\"} | 400",
                "/v1/notifications/read | {\"allUpTo\":\"-1000000000-01-01T00:00:00Z\"} | 400",
                "/v1/notifications/read | [ | 400",
                "/v1/notifications/1/archive | {} | 400",
                "/v1/notifications/seen | {} | 400",
                "/v1/notifications/delete | {\"all\":false} | 400",
                "/v1/notifications/read | {\"conversationId\":\"c1\",\"orderId\":\"o1\"} | 400",
                "/v1/notifications/read | {\"conversationId\":\"\"} | 400",
                "/v1/notifications/archive | {\"orderId\":\"a b\"} | 400",
                "/v1/notifications/unread | {\"orderId\":\"\\u0000\"} | 400",
            })
    void whatMakesNoSenseOrIsNotTheirsReachesNoTopic(String path, String body, int status) throws Exception {
        assertThat(post(path, body).statusCode()).isEqualTo(status);
        assertThat(stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"ids\":", "{\"a\":"})
    void jsonNestedWithoutEndIsRefused(String opening) throws Exception {
        assertThat(post("/v1/notifications/read", opening.repeat(2_000)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(post("/v1/presence", " ".repeat(100_000)).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"SEEN", "AWAY"})
    void aHeartbeatTellsOfTheCallerWhateverTheBodySays(PresenceChange change) throws Exception {
        String body = "{\"channels\":[\"presence-product-1\",\"presence-user-u2\"],\"change\":\"%s\",\"userId\":\"u2\"}"
                .formatted(change);

        assertThat(post("/v1/presence", body).statusCode()).isEqualTo(204);
        assertThat(stored)
                .extracting(entry -> (PresenceChanged) entry.event())
                .allSatisfy(event -> {
                    assertThat(event.getUserId()).isEqualTo("u1");
                    assertThat(event.getChange()).isEqualTo(change);
                })
                .extracting(PresenceChanged::getChannel)
                .containsExactly("presence-product-1", "presence-user-u2");
    }

    @Test
    void oneUserCannotNameChannelsWithoutEnd() throws Exception {
        for (int first = 0; first < RunningGateway.CHANNELS_PER_USER; first += 10) {
            assertThat(heartbeat(first).statusCode()).isEqualTo(204);
        }
        stored.clear();

        var answer = heartbeat(RunningGateway.CHANNELS_PER_USER);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(stored).isEmpty();
        assertThat(heartbeat(0).statusCode()).isEqualTo(204);
    }

    @Test
    void manyInOneRequestWeighAsMuchAsInMany() throws Exception {
        var narrow = new RunningGateway(stored::addAll, 20, 1_000, Optional.empty());
        try {
            var ids = IntStream.range(0, 90)
                    .mapToObj(_ -> "\"" + UUID.randomUUID() + "\"")
                    .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
            for (int expected : new int[] {204, 429}) {
                var request = narrow.request("/v1/notifications/read")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(ids));
                assertThat(send(request).statusCode()).isEqualTo(expected);
            }
        } finally {
            narrow.close();
        }
    }

    /** Of ten channels. */
    private HttpResponse<String> heartbeat(int first) throws Exception {
        return post(
                "/v1/presence",
                IntStream.range(first, first + 10)
                        .mapToObj(channel -> "\"presence-product-" + channel + "\"")
                        .collect(Collectors.joining(",", "{\"change\":\"SEEN\",\"channels\":[", "]}")));
    }

    @Test
    void aMarkAppliesToTheCallersInboxOnly() throws Exception {
        assertThat(post("/v1/notifications/" + ID + "/read", "").statusCode()).isEqualTo(204);
        assertThat(post("/v1/notifications/read", "{\"ids\":[\"%s\"],\"userId\":\"u2\"}".formatted(ID))
                        .statusCode())
                .isEqualTo(204);

        assertThat(stored).hasSize(2).allSatisfy(entry -> {
            var event = (NotificationsRead) entry.event();
            assertThat(event.getUserId()).isEqualTo("u1");
            assertThat(event.getNotificationIds()).containsExactly(ID);
            assertThat(event.getRevisions()).containsExactly(RunningGateway.REVISION);
            assertThat(event.getAllUpTo()).isEmpty();
            assertThat(event.getReadAt()).isEqualTo(RunningGateway.NOW);
        });
    }

    @Test
    void aMarkOfWhatTheInboxDoesNotHaveReachesNoTopic() throws Exception {
        assertThat(post("/v1/notifications/" + UUID.randomUUID() + "/read", "").statusCode())
                .isEqualTo(204);
        assertThat(stored).isEmpty();

        assertThat(post("/v1/notifications/read", "{\"ids\":[\"%s\",\"%s\"]}".formatted(UUID.randomUUID(), ID))
                        .statusCode())
                .isEqualTo(204);
        assertThat(stored)
                .singleElement()
                .satisfies(entry -> assertThat(((NotificationsRead) entry.event()).getNotificationIds())
                        .containsExactly(ID));
    }

    @Test
    void oneUserCannotMarkWithoutEndWhileTheInboxCannotBeAsked() throws Exception {
        for (int expected : new int[] {204, 204, 503}) {
            var ids = IntStream.range(0, 50)
                    .mapToObj(_ -> "{\"id\":\"%s\",\"revision\":1}".formatted(UUID.randomUUID()))
                    .collect(Collectors.joining(",", "{\"notifications\":[", "]}"));
            var request = gateway.request("/v1/notifications/read")
                    .header("Authorization", "Bearer " + RunningGateway.token("away", "Away", List.of()))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(ids))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(expected);
        }
        assertThat(stored).hasSize(2);
    }

    @Test
    void aMarkCarriesTheRevisionThatWasShown() throws Exception {
        assertThat(post("/v1/notifications/" + ID + "/read", "{\"revision\":2}").statusCode())
                .isEqualTo(204);
        assertThat(post("/v1/notifications/read", "{\"notifications\":[{\"id\":\"%s\",\"revision\":2}]}".formatted(ID))
                        .statusCode())
                .isEqualTo(204);

        assertThat(stored)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(((NotificationsRead) entry.event()).getRevisions())
                        .containsExactly(2));
    }

    @ParameterizedTest
    @CsvSource({
        "seen, SEEN, 2, 2, 0",
        "archive, ARCHIVED, 2, 2, 0",
        "delete, DELETED, 2, 2, 0",
        "unread, READ, 2, 0, 1",
        "unarchive, ARCHIVED, 2, 0, 1"
    })
    void aStateIsSetUpToTheRevisionThatWasShownOrTakenBack(
            String change, NotificationState state, int shown, int revision, int round) throws Exception {
        String body = String.format(Locale.ROOT, "{\"revision\":%d}", shown);
        assertThat(post("/v1/notifications/" + ID + "/" + change, body).statusCode())
                .isEqualTo(204);
        assertThat(post("/v1/notifications/" + UUID.randomUUID() + "/" + change, body)
                        .statusCode())
                .isEqualTo(204);

        assertThat(stored).singleElement().satisfies(entry -> {
            var event = (NotificationsRead) entry.event();
            assertThat(event.getNotificationIds())
                    .as("an older worker passes over it")
                    .isEmpty();
            assertThat(event.getMarkedAs()).hasValue(state);
            assertThat(event.getMarkedIds()).containsExactly(ID);
            assertThat(event.getMarkedRevisions()).containsExactly(revision);
            assertThat(event.getMarkedRounds()).containsExactly(round);
        });
    }

    @Test
    void whatIsSetAgainIsOfTheRoundAfterItWasTakenBack() throws Exception {
        for (String change : List.of("archive", "unarchive", "archive", "unread", "read")) {
            assertThat(post("/v1/notifications/" + change, "{\"ids\":[\"%s\"]}".formatted(ID))
                            .statusCode())
                    .isEqualTo(204);
        }

        assertThat(stored)
                .map(entry -> (NotificationsRead) entry.event())
                .map(event -> "%s %s %s"
                        .formatted(
                                event.getMarkedAs().map(Enum::name).orElse("READ"),
                                event.getMarkedRounds(),
                                event.getMarkedRevisions()))
                .containsExactly(
                        "ARCHIVED [0] [3]", "ARCHIVED [1] [0]", "ARCHIVED [1] [3]", "READ [1] [0]", "READ [1] [3]");
    }

    @Test
    void anObjectIsWhatTheInboxHasOfIt() throws Exception {
        assertThat(post("/v1/notifications/read", "{\"conversationId\":\"other\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(stored).isEmpty();
        assertThat(post("/v1/notifications/read", "{\"conversationId\":\"known\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(stored)
                .singleElement()
                .satisfies(entry -> assertThat(((NotificationsRead) entry.event()).getRevisions())
                        .containsExactly(RunningGateway.REVISION));
    }

    @Test
    void whatIsMadeUnreadWaitsForTheInbox() throws Exception {
        var request = gateway.request("/v1/notifications/" + ID + "/unread")
                .header("Authorization", "Bearer " + RunningGateway.token("away", "Away", List.of()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"revision\":1}"))
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
        assertThat(stored).isEmpty();
    }

    /** Its latest event is ahead of this gateway's clock. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"all\":true}",
                "{\"allUpTo\":\"2026-11-01T12:00:07Z\"}",
                "{\"allUpTo\":\"+1000000000-01-01T00:00:00Z\"}"
            })
    void allIsWhatTheInboxHasUnreadWhateverTheClockSays(String body) throws Exception {
        assertThat(post("/v1/notifications/read", body).statusCode()).isEqualTo(204);

        assertThat(stored).singleElement().satisfies(entry -> {
            var event = (NotificationsRead) entry.event();
            assertThat(event.getNotificationIds()).containsExactly(ID);
            assertThat(event.getRevisions()).containsExactly(RunningGateway.REVISION);
            assertThat(event.getAllUpTo()).isEmpty();
        });
    }

    @Test
    void nothingIsMarkedThatIsAfterTheTimeOrMarkedAlready() throws Exception {
        assertThat(post("/v1/notifications/read", "{\"allUpTo\":\"2026-11-01T12:00:06Z\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(stored).isEmpty();

        assertThat(post("/v1/notifications/read", "{\"all\":true}").statusCode())
                .isEqualTo(204);
        assertThat(post("/v1/notifications/read", "{\"all\":true}").statusCode())
                .isEqualTo(204);
        assertThat(stored).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=101",
                "?limit=x",
                "?cursor=x",
                "?type=other",
                "?unread=1",
                "?unseen=yes",
                "?archived=",
                "?conversationId=",
                "?orderId=a%00b",
                "?orderId=o1&conversationId=c1",
                "?limit=1%20OR%201",
                "?limit=%25"
            })
    void refusesAQueryThatMakesNoSense(String query) throws Exception {
        assertThat(get("/v1/notifications" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/notifications", "/v1/notifications/unread-count"})
    void asksToComeAgainWhileTheDatabaseIsDown(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).doesNotContain("127.0.0.1").doesNotContainIgnoringCase("sql");
    }

    @Test
    void passesOnWhatTheAggregatorKnows() throws Exception {
        var answer = get("/v1/presence/channels/presence-search-a=20b");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"count\":3}");
        assertThat(get("/v1/presence/users/u2").statusCode()).isEqualTo(200);
        assertThat(asked).containsExactly("/presence/channels/presence-search-a=20b", "/presence/users/u2");
    }

    @Test
    void whoIsOnAChannelIsForItsMembers() throws Exception {
        known = "{\"count\":2,\"distinctUsers\":3,\"members\":[\"u2\",\"u3\"],\"truncated\":true}";
        assertThat(get("/v1/presence/channels/presence-search-a").body())
                .isEqualTo("{\"count\":2,\"distinctUsers\":3}");

        known = "{\"count\":2,\"distinctUsers\":3,\"members\":[\"u1\",\"u2\"]}";
        assertThat(get("/v1/presence/channels/presence-search-a").body()).isEqualTo(known);
    }

    @Test
    void theChannelOfAnotherUserTellsNothingOfThem() throws Exception {
        known = "{\"count\":2,\"distinctUsers\":2,\"members\":[\"u1\",\"u2\"]}";

        for (String other : List.of("u2", "stranger", "ghost")) {
            assertThat(get("/v1/presence/channels/presence-user-" + other).statusCode())
                    .as(other)
                    .isEqualTo(403);
        }
        String looking = RunningGateway.PSEUDONYMS.of("presence-user-u1", "u2").orElseThrow();
        assertThat(get("/v1/presence/channels/presence-user-u1").body())
                .contains("\"u1\"", looking)
                .doesNotContain("u2");
    }

    @Test
    void whereNothingIsShownNobodyIsToldWhoIsOnAChannel() throws Exception {
        gateway.close();
        gateway = new RunningGateway(stored::addAll, Optional.of(address()), PresenceNames.Shown.NOTHING);
        known = "{\"count\":2,\"distinctUsers\":3,\"members\":[\"u1\",\"u2\"]}";

        assertThat(get("/v1/presence/channels/presence-search-a").body())
                .isEqualTo("{\"count\":2,\"distinctUsers\":3}");
    }

    @Test
    void settingsAreChangedOneByOneAndShownAtOnce() throws Exception {
        assertThat(get("/v1/settings").body()).isEqualTo("{\"appearOffline\":false}");
        assertThat(patch("{\"appearOffline\":true,\"later\":1}").body()).isEqualTo("{\"appearOffline\":true}");
        assertThat(get("/v1/settings").body()).isEqualTo("{\"appearOffline\":true}");
        assertThat(patch("{\"appearOffline\":true}").statusCode()).isEqualTo(200);

        assertThat(stored)
                .as("only the change, and of the caller whatever the body says")
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.topic()).isEqualTo(Topics.USER_SETTINGS_EVENTS);
                    var event = (UserSettingsChanged) entry.event();
                    assertThat(event.getUserId()).isEqualTo("u1");
                    assertThat(event.getAppearOffline()).isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"appearOffline\":\"yes\"}", "{\"appearOffline\":null}", "{"})
    void aChangeOfSettingsThatSaysNothingIsRefused(String body) throws Exception {
        assertThat(patch(body).statusCode()).isEqualTo(400);
        assertThat(stored).isEmpty();
    }

    @Test
    void whoAppearsOfflineIsOfflineForOthers() throws Exception {
        assertThat(get("/v1/presence/users/ghost").body())
                .isEqualTo("{\"userId\":\"ghost\",\"status\":\"offline\",\"lastSeen\":\"2026-11-01T12:00:00Z\"}");

        known = "{\"count\":2,\"distinctUsers\":3,\"members\":[\"ghost\",\"u1\"]}";
        String channel = "presence-search-a";
        String name = RunningGateway.PSEUDONYMS.of(channel, "ghost").orElseThrow();
        assertThat(get("/v1/presence/channels/" + channel).body())
                .contains("\"u1\"", name)
                .doesNotContain("ghost");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void theAggregatorsTroubleDoesNotTellWhoAppearsOffline(int trouble) throws Exception {
        aggregatorStatus = trouble;

        var hidden = get("/v1/presence/users/ghost");
        var other = get("/v1/presence/users/u2");
        assertThat(hidden.statusCode()).isEqualTo(other.statusCode());
        assertThat(hidden.body()).isEqualTo(other.body());
    }

    @Test
    void thePlaceOfAPseudonymDoesNotTellTheId() throws Exception {
        String channel = "presence-search-a";
        String name = RunningGateway.PSEUDONYMS.of(channel, "ghost").orElseThrow();
        known = "{\"count\":2,\"distinctUsers\":3,\"members\":[\"!\",\"ghost\",\"u1\",\"~\"]}"
                .replace("!", "A".repeat(3))
                .replace("~", "zzz");

        var names = new ArrayList<String>();
        new ObjectMapper()
                .readTree(get("/v1/presence/channels/" + channel).body())
                .path("members")
                .forEach(member -> names.add(member.asText()));
        assertThat(names).containsExactlyInAnyOrder("AAA", name, "u1", "zzz").isSorted();
    }

    @Test
    void anAggregatorThatDripsIsNotWaitedFor() throws Exception {
        try (var dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket one = dripping.accept()) {
                    one.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII));
                    one.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The caller has given up.
                }
            });
            var alone = new RunningGateway(
                    stored::addAll,
                    Optional.of(URI.create("http://127.0.0.1:" + dripping.getLocalPort())),
                    PresenceNames.Shown.IDS);
            try {
                var request = alone.request("/v1/presence/users/u2")
                        .header("Authorization", bearer())
                        .timeout(Duration.ofSeconds(30))
                        .build();
                assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(503);
            } finally {
                alone.close();
            }
        }
    }

    @Test
    void theStatusOfAStrangerIsNotShown() throws Exception {
        assertThat(get("/v1/presence/users/stranger").statusCode()).isEqualTo(403);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404, 404", "503, 503", "500, 503", "302, 503"})
    void theAggregatorsTroubleIsAProblemOfOurs(int its, int ours) throws Exception {
        aggregatorStatus = its;

        assertThat(get("/v1/presence/users/u2").statusCode()).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/presence/channels/private-user-u2",
                "/v1/presence/channels/presence-product-a%20b",
                "/v1/presence/channels/..",
                "/v1/presence/users/..",
                "/v1/presence/users/...",
                "/v1/presence/users/%2e%2e",
                "/v1/presence/users/u2%2f..%2fhealth",
                "/v1/presence/users/a%20b",
                "/v1/presence/users/a%3fb",
            })
    void nothingElseOfTheAggregatorCanBeReached(String path) throws Exception {
        assertThat(get(path).statusCode()).isBetween(400, 404);
        assertThat(asked).isEmpty();
    }

    @Test
    void reportsAMissingAggregator() throws Exception {
        var alone = new RunningGateway(stored::addAll);
        try {
            var request = alone.request("/v1/presence/users/u2")
                    .header("Authorization", bearer())
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
        } finally {
            alone.close();
        }
    }

    @Test
    void servesItsDocument() throws Exception {
        var answer = get("/openapi.json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(answer.body()).path("openapi").textValue())
                .startsWith("3.1");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(gateway.request(path).GET());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                gateway.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> patch(String body) throws Exception {
        return send(gateway.request("/v1/settings")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.header("Authorization", bearer()).build(), BodyHandlers.ofString());
    }

    private static String bearer() throws Exception {
        return "Bearer " + RunningGateway.token("u1", "Ana", List.of("c1"));
    }
}
