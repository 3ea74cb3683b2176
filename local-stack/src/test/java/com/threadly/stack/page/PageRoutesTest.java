package com.threadly.stack.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {

    private static final PusherJs CDN = new PusherJs.Cdn(PageFixture.CDN);

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/index.html,text/html",
        "/style.css,text/css",
        "/js/main.js,text/javascript",
        "/icon.svg,image/svg+xml",
    })
    void servesThePagesFiles(String path, String mediaType) throws Exception {
        try (var page = new PageFixture(CDN)) {
            HttpResponse<String> response = page.get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(mediaType);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/package.json",
                "/.npmrc",
                "/missing.js",
                "/js",
                "/node_modules/some/file.js",
                "/..%2fsecret.js",
                "/%2e%2e/secret.js"
            })
    void servesNothingElse(String path, @TempDir Path home) throws Exception {
        Path web = home.resolve("web");
        Files.createDirectories(web.resolve("js"));
        Files.writeString(home.resolve("secret.js"), "secret");
        Files.writeString(web.resolve("package.json"), "secret");
        Files.writeString(web.resolve(".npmrc"), "secret");
        Files.createDirectories(web.resolve("node_modules/some"));
        Files.writeString(web.resolve("node_modules/some/file.js"), "secret");
        try (var page = new PageFixture(web, CDN)) {
            HttpResponse<String> response = page.get(path);
            assertThat(response.statusCode()).isIn(400, 404);
            assertThat(response.body()).doesNotContain("secret");
        }
    }

    @Test
    void tellsTheBrowserAllItMustKnow() throws Exception {
        try (var page = new PageFixture(CDN)) {
            JsonNode config =
                    new ObjectMapper().readTree(page.get("/config.json").body());
            assertThat(config.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "pusherKey",
                            "wsHost",
                            "wsPort",
                            "authEndpoint",
                            "people",
                            "conversationId",
                            "orderId",
                            "productId",
                            "productTitle",
                            "productChannel");
            assertThat(config.at("/authEndpoint").asText()).isEqualTo("http://127.0.0.1:7001/pusher/auth");
            assertThat(config.at("/people/1").toString())
                    .isEqualTo("{\"userId\":\"user-ben\",\"name\":\"Ben\",\"token\":\"token-ben\"}");
        }
    }

    @Test
    void countsEventsAndPushes() throws Exception {
        try (var page = new PageFixture(CDN)) {
            assertThat(page.get("/stats.json").body()).isEqualTo("{\"eventsIn\":12,\"pushesOut\":34}");
        }
    }

    @Test
    void servesPusherJsAsInstalledAndLetsNoOtherHostRunScripts(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("pusher.min.js"), "installed");
        try (var page = new PageFixture(new PusherJs.Installed(file))) {
            assertThat(page.get("/pusher.js").body()).isEqualTo("installed");
            assertThat(policy(page)).contains("script-src 'self';").doesNotContain("js.pusher.com");
        }
    }

    @Test
    void redirectsToPushersNetworkAndAllowsItWhereNothingIsInstalled() throws Exception {
        try (var page = new PageFixture(CDN)) {
            HttpResponse<String> response = page.get("/pusher.js");
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Location")).contains(PageFixture.CDN.toString());
            assertThat(policy(page)).contains("script-src 'self' https://js.pusher.com;");
        }
    }

    @Test
    void letsThePageReachItselfTheSocketAndTheAuthorizationOnly() throws Exception {
        try (var page = new PageFixture(CDN)) {
            assertThat(policy(page))
                    .contains("default-src 'none'")
                    .contains("connect-src 'self' ws://127.0.0.1:6001 http://127.0.0.1:7001;")
                    .doesNotContain("unsafe");
        }
    }

    private static String policy(PageFixture page) throws Exception {
        return page.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    }
}
