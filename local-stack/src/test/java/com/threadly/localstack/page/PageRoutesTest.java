package com.threadly.localstack.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/index.html,text/html",
        "/icon.svg,image/svg+xml",
        "/icon-unread.svg,image/svg+xml",
        "/icon-192.png,image/png",
        "/manifest.webmanifest,application/manifest+json",
    })
    void servesThePagesFiles(String path, String mediaType) throws Exception {
        try (var page = new PageFixture()) {
            HttpResponse<String> response = page.get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(mediaType);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/missing.js",
                "/Assets.class",
                "/..%2fAssets.class",
                "/%2e%2e/package-info.class",
                "/web/icon.svg",
                "/js",
                "/page.json"
            })
    void servesNothingElse(String path) throws Exception {
        try (var page = new PageFixture()) {
            assertThat(page.get(path).statusCode()).isIn(400, 404);
        }
    }

    @Test
    void asksTheBrowserForNoFileThatIsNotServed() throws Exception {
        try (var page = new PageFixture()) {
            List<String> files = new ArrayList<>(named("(?:src|href)=\"(/[^\"]+)\"", page.get("/")));
            assertThat(files)
                    .contains("/manifest.webmanifest")
                    .anySatisfy(file -> assertThat(file).matches("/page-[0-9a-f]{8}\\.js"))
                    .anySatisfy(file -> assertThat(file).matches("/page-[0-9a-f]{8}\\.css"))
                    .anySatisfy(file -> assertThat(file).endsWith(".woff2"));
            files.addAll(named("\"src\": \"(/[^\"]+)\"", page.get("/manifest.webmanifest")));
            for (String file : files) {
                assertThat(page.get(file).statusCode()).as(file).isEqualTo(200);
            }
        }
    }

    @Test
    void letsBrowsersKeepForGoodWhatIsNamedByItsContentAndNothingElse() throws Exception {
        try (var page = new PageFixture()) {
            for (String file : named("(?:src|href)=\"(/[^\"]+\\.(?:js|css|woff2))\"", page.get("/"))) {
                assertThat(caching(page.get(file))).as(file).isEqualTo("public, max-age=31536000, immutable");
            }
            for (String file : List.of("/", "/index.html", "/icon.svg", "/manifest.webmanifest")) {
                assertThat(caching(page.get(file))).as(file).isEqualTo("no-cache");
            }
            assertThat(caching(page.get("/config.json"))).isEqualTo("no-store");
            assertThat(caching(page.get("/missing-0123abcd.js"))).isEqualTo("no-store");
        }
    }

    private static List<String> named(String pattern, HttpResponse<String> response) {
        return Pattern.compile(pattern)
                .matcher(response.body())
                .results()
                .map(file -> file.group(1))
                .toList();
    }

    private static String caching(HttpResponse<String> response) {
        return response.headers().firstValue("Cache-Control").orElseThrow();
    }

    @Test
    void tellsTheBrowserAllItMustKnow() throws Exception {
        try (var page = new PageFixture()) {
            JsonNode config =
                    new ObjectMapper().readTree(page.get("/config.json").body());
            assertThat(config.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "pusherKey",
                            "wsHost",
                            "wsPort",
                            "gateway",
                            "people",
                            "conversationId",
                            "orderId",
                            "product");
            assertThat(config.at("/gateway").asText()).isEqualTo("http://127.0.0.1:7001");
            assertThat(config.at("/people/1").toString())
                    .isEqualTo("{\"userId\":\"user-ben\",\"name\":\"Ben\",\"token\":\"token-ben\"}");
            assertThat(config.at("/product").toString())
                    .isEqualTo("{\"id\":\"product-1\",\"title\":\"Linen jacket\",\"priceMinor\":4900,"
                            + "\"currency\":\"EUR\",\"channel\":\"presence-product-product-1\"}");
        }
    }

    @Test
    void countsEventsAndPushes() throws Exception {
        try (var page = new PageFixture()) {
            assertThat(page.get("/stats.json").body()).isEqualTo("{\"eventsIn\":12,\"pushesOut\":34}");
        }
    }

    @Test
    void tellsWhatWasSaidBeforeThePageWasOpened() throws Exception {
        try (var page = new PageFixture()) {
            assertThat(page.get("/messages").body())
                    .isEqualTo(
                            "[{\"id\":\"message-0\",\"conversationId\":\"conversation-1\","
                                    + "\"senderId\":\"user-ana\",\"content\":\"Hello\",\"createdAt\":\"2026-01-02T03:04:00Z\"}]");
        }
    }

    @Test
    void tellsWhereTheOrderStandsOnceThereIsOne() throws Exception {
        try (var page = new PageFixture()) {
            assertThat(page.get("/order").statusCode()).isEqualTo(404);
            page.post("/order/next", "{}");
            assertThat(page.get("/order").body())
                    .isEqualTo("{\"orderId\":\"order-1\",\"status\":\"PLACED\",\"previousStatus\":null,"
                            + "\"updatedAt\":\"2026-01-02T03:04:00Z\"}");
        }
    }

    @Test
    void letsThePageReachItselfTheSocketAndTheGatewayOnly() throws Exception {
        try (var page = new PageFixture()) {
            assertThat(policy(page))
                    .contains("default-src 'none'")
                    .contains("script-src 'self';")
                    .contains("manifest-src 'self';")
                    .contains("connect-src 'self' ws://127.0.0.1:6001 http://127.0.0.1:7001;")
                    .doesNotContain("unsafe");
        }
    }

    private static String policy(PageFixture page) throws Exception {
        return page.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    }
}
