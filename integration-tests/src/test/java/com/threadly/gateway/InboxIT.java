package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Progress;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.Worker;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The inbox through the gateway, written by the notification worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private LocalStack stack;
    private GatewayEvents services;

    @BeforeAll
    void start() {
        stack = LocalStack.start(
                StackOptions.defaults().withWorkers(Set.of(Worker.NOTIFICATION_WORKER, Worker.GATEWAY)),
                Progress.silent());
        services = new GatewayEvents(stack.settings());
    }

    @AfterAll
    void stop() {
        services.close();
        stack.close();
    }

    @Test
    void comesPageByPageTheLatestFirst() throws Exception {
        try (var seller = caller("pages")) {
            orders("pages", 5);
            seller.awaitUnread(5);

            JsonNode first = seller.get("/v1/notifications?limit=2").body();
            JsonNode second = seller.get("/v1/notifications?limit=2&cursor=" + next(first))
                    .body();
            JsonNode third = seller.get("/v1/notifications?limit=2&cursor=" + next(second))
                    .body();

            assertThat(List.of(first, second, third))
                    .flatExtracting(InboxIT::orders)
                    .containsExactly("pages-5", "pages-4", "pages-3", "pages-2", "pages-1");
            assertThat(third.path("next").isNull()).isTrue();
            JsonNode entry = first.path("notifications").path(0);
            assertThat(entry.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(
                            "id", "userId", "title", "message", "type", "metadata", "revision", "read", "createdAt");
            assertThat(entry.path("read").booleanValue()).isFalse();
        }
    }

    @Test
    void isFilteredByTypeAndByWhatIsUnread() throws Exception {
        try (var seller = caller("filters")) {
            orders("filters", 2);
            services.message("filters-c", "ben", "filters");
            seller.awaitUnread(3);
            String message = seller.get("/v1/notifications?type=message")
                    .body()
                    .path("notifications")
                    .path(0)
                    .path("id")
                    .textValue();

            assertThat(seller.post("/v1/notifications/" + message + "/read", "").status())
                    .isEqualTo(204);

            assertThat(seller.list("?type=message")).hasSize(1);
            assertThat(seller.list("?type=message&unread=true")).isEmpty();
            assertThat(seller.list("?unread=true")).hasSize(2);
        }
    }

    @Test
    void readsAllOfAConversationAndOfAnOrder() throws Exception {
        try (var seller = caller("objects")) {
            orders("objects", 2);
            services.message("objects-c", "ben", "objects");
            services.message("objects-d", "ben", "objects");
            seller.awaitUnread(4);

            seller.mark("read", "{\"conversationId\":\"objects-c\"}");
            assertThat(seller.unread()).isEqualTo(3);
            seller.mark("read", "{\"orderId\":\"objects-2\"}");
            assertThat(seller.unread()).isEqualTo(2);
            seller.mark("read", "{\"orderId\":\"nobodys\"}");

            assertThat(seller.list("?conversationId=objects-c"))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(entry.path("read").booleanValue()).isTrue());
            assertThat(seller.list("?unread=true"))
                    .extracting(entry -> entry.path("metadata").path("orderId").asText("a message"))
                    .containsExactly("a message", "objects-1");
        }
    }

    /** By the worker's rows, once it has them; before, by what this gateway knows. */
    @Test
    void isSeenArchivedUnreadAndDeletedAsTheWorkerStoresItToo() throws Exception {
        try (var seller = caller("states")) {
            orders("states", 3);
            seller.awaitUnread(3);
            List<String> ids = seller.list("").stream()
                    .map(entry -> entry.path("id").textValue())
                    .toList();

            seller.mark("seen", "{\"all\":true}");
            services.order("states-4", "buyer", "states");
            seller.awaitUnread(4);
            assertThat(seller.unseen()).isEqualTo(1);
            assertThat(seller.list("?unseen=true")).hasSize(1);

            seller.mark(ids.getFirst() + "/archive", "{\"revision\":1}");
            seller.mark(ids.get(1) + "/delete", "");
            seller.mark("read", "{\"all\":true}");
            seller.mark(ids.get(2) + "/unread", "");
            seller.mark(ids.getFirst() + "/unarchive", "");
            seller.mark(ids.getFirst() + "/archive", "");
            seller.mark(ids.get(1) + "/unread", "");
            assertStates(seller, ids);

            stack.process(Worker.GATEWAY).kill();
            stack.restart(Worker.GATEWAY);
            await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> assertStates(seller, ids));

            seller.mark("unarchive", "{\"all\":true}");
            assertThat(seller.unread()).isEqualTo(2);
            assertThat(seller.list("?archived=true")).isEmpty();
        }
    }

    /** The first archived, the second deleted, the third unread again; what came later is read. */
    private static void assertStates(GatewayCaller seller, List<String> ids) throws Exception {
        assertThat(seller.list("?archived=true")).singleElement().satisfies(entry -> {
            assertThat(entry.path("id").textValue()).isEqualTo(ids.getFirst());
            assertThat(entry.path("archived").booleanValue()).isTrue();
        });
        assertThat(seller.list("")).hasSize(2);
        assertThat(seller.list("?unread=true")).singleElement().satisfies(entry -> {
            assertThat(entry.path("id").textValue()).isEqualTo(ids.get(2));
            assertThat(entry.path("seen").booleanValue()).isTrue();
        });
        assertThat(seller.unread()).isEqualTo(1);
        assertThat(seller.unseen()).isZero();
    }

    @Test
    void aServiceNotifiesAUserUntilItExpires() throws Exception {
        try (var user = caller("requests")) {
            Instant end = Instant.parse("2999-01-01T00:00:00Z");
            services.request("requests", "Over", Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS));
            services.request("requests", "Maintenance tonight", end);
            user.awaitUnread(1);

            assertThat(user.list("?type=system")).singleElement().satisfies(entry -> {
                assertThat(entry.path("title").textValue()).isEqualTo("Maintenance tonight");
                assertThat(entry.path("expiresAt").textValue()).isEqualTo("2999-01-01T00:00:00.000Z");
                assertThat(entry.path("metadata").path("link").textValue()).isEqualTo("/status");
                assertThat(entry.path("metadata").path("ticket").textValue()).isEqualTo("t-1");
            });
            assertThat(user.list("")).hasSize(1);
            assertThat(user.post("/v1/notifications/read", "{\"all\":true}").status())
                    .isEqualTo(204);
            assertThat(user.unread()).isZero();
        }
    }

    @Test
    void whoMarkedSeesItAtOnceThoughTheWorkerIsGone() throws Exception {
        try (var seller = caller("marks")) {
            orders("marks", 3);
            seller.awaitUnread(3);
            List<JsonNode> entries = seller.list("");
            stack.process(Worker.NOTIFICATION_WORKER).kill();

            assertThat(seller.post(
                                    "/v1/notifications/read",
                                    "{\"ids\":[\"%s\"]}"
                                            .formatted(entries.getFirst()
                                                    .path("id")
                                                    .textValue()))
                            .status())
                    .isEqualTo(204);
            assertThat(seller.unread()).isEqualTo(2);
            assertThat(seller.list("").getFirst().path("read").booleanValue()).isTrue();
            assertThat(seller.list("?unread=true")).hasSize(2);
            assertThat(seller.post("/v1/notifications/read", "{\"allUpTo\":\"2099-01-01T00:00:00Z\"}")
                            .status())
                    .isEqualTo(204);
            assertThat(seller.unread()).isZero();

            stack.restart(Worker.NOTIFICATION_WORKER);
            stack.process(Worker.GATEWAY).kill();
            stack.restart(Worker.GATEWAY);
            seller.awaitUnread(0);
        }
    }

    @Test
    void theCountHasATagThatChangesWithIt() throws Exception {
        try (var seller = caller("tags")) {
            orders("tags", 1);
            seller.awaitUnread(1);
            var counted = seller.get("/v1/notifications/unread-count");
            String tag = counted.header("ETag");

            assertThat(seller.get("/v1/notifications/unread-count", Map.of("If-None-Match", tag))
                            .status())
                    .isEqualTo(304);
            orders("tags", 1);
            seller.awaitUnread(2);
            assertThat(seller.get("/v1/notifications/unread-count", Map.of("If-None-Match", tag))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void showsNobodyAnothersInboxAndMarksNothingInIt() throws Exception {
        try (var seller = caller("owner");
                var stranger = caller("stranger")) {
            orders("owner", 1);
            orders("stranger", 1);
            seller.awaitUnread(1);
            stranger.awaitUnread(1);
            String theirs = seller.list("").getFirst().path("id").textValue();
            String own = stranger.list("").getFirst().path("id").textValue();

            assertThat(stranger.post("/v1/notifications/read", "{\"ids\":[\"%s\",\"%s\"]}".formatted(theirs, own))
                            .status())
                    .isEqualTo(204);

            await().atMost(LIMIT).until(() -> isStoredAsRead(own));
            assertThat(isStoredAsRead(theirs)).isFalse();
            assertThat(earlyReads("stranger")).isZero();
            assertThat(seller.unread()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsLostAndNothingIsSaidWhileTheDatabaseIsDown() throws Exception {
        try (var seller = caller("outage")) {
            orders("outage", 1);
            seller.awaitUnread(1);
            stack.database().stop();
            try {
                await().atMost(LIMIT).untilAsserted(() -> {
                    var refused = seller.get("/v1/notifications");
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.header("Retry-After")).isNotEmpty();
                    assertThat(readiness()).isEqualTo(503);
                });
                assertThat(seller.post("/v1/notifications/" + UUID.randomUUID() + "/read", "{\"revision\":1}")
                                .status())
                        .isEqualTo(204);
            } finally {
                stack.database().start();
            }
            seller.awaitUnread(1);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(readiness()).isEqualTo(200));
        }
    }

    /** The inbox according to the gateway's own process. */
    private int readiness() throws IOException {
        var connection = (HttpURLConnection)
                stack.process(Worker.GATEWAY).ready().toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** Each is one notification of the seller. */
    private void orders(String seller, int count) {
        IntStream.rangeClosed(1, count).forEach(n -> services.order(seller + "-" + n, "buyer", seller));
    }

    private boolean isStoredAsRead(String id) throws SQLException {
        var database = stack.database();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var query = connection.prepareStatement(
                        "SELECT read_revision >= revision FROM notification WHERE id = ?")) {
            query.setObject(1, UUID.fromString(id));
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private int earlyReads(String userId) throws SQLException {
        var database = stack.database();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var query = connection.prepareStatement("SELECT count(*) FROM early_read WHERE user_id = ?")) {
            query.setString(1, userId);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private static List<String> orders(JsonNode page) {
        return page.path("notifications")
                .valueStream()
                .map(entry -> entry.path("metadata").path("orderId").textValue())
                .toList();
    }

    private static String next(JsonNode page) {
        return page.path("next").textValue();
    }

    private GatewayCaller caller(String userId) {
        return new GatewayCaller(stack, userId);
    }
}
