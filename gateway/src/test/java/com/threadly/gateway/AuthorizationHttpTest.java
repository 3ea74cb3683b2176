package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pusher.rest.SignatureUtil;
import com.threadly.gateway.privacy.PresenceNames;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class AuthorizationHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "application/x-www-form-urlencoded";

    private RunningGateway gateway = new RunningGateway(entries -> {});
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void stop() throws Exception {
        http.close();
        gateway.close();
    }

    @Test
    void signsAPrivateChannelForItsUser() throws Exception {
        var answer = ask("socket_id=1.2&channel_name=private-user-u1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(answer).path("auth").textValue())
                .isEqualTo("app-key:" + SignatureUtil.sign("1.2:private-user-u1", RunningGateway.APP_SECRET));
        assertThat(json(answer).has("channel_data")).isFalse();
    }

    @Test
    void signsAPresenceChannelWithTheUserOfTheTokenWhateverTheRequestSays() throws Exception {
        var answer = ask("socket_id=1.2&channel_name=presence-product-p1&user_id=u2");
        String member = json(answer).path("channel_data").textValue();

        assertThat(JSON.readTree(member))
                .isEqualTo(JSON.readTree("{\"user_id\":\"u1\",\"user_info\":{\"name\":\"Ana\"}}"));
        assertThat(json(answer).path("auth").textValue())
                .isEqualTo("app-key:"
                        + SignatureUtil.sign("1.2:presence-product-p1:" + member, RunningGateway.APP_SECRET));
    }

    @Test
    void whoAppearsOfflineIsAPseudonymOnPresenceChannels() throws Exception {
        String member =
                json(askAsGhost("presence-product-p1")).path("channel_data").textValue();

        assertThat(member)
                .isEqualTo(
                        "{\"user_id\":\"%s\"}",
                        RunningGateway.PSEUDONYMS
                                .of("presence-product-p1", "ghost")
                                .orElseThrow());
    }

    @Test
    void whoLooksAtAUserIsAPseudonymThere() throws Exception {
        String member = json(ask(FORM, "socket_id=1.2&channel_name=presence-user-u2"))
                .path("channel_data")
                .textValue();

        assertThat(member)
                .isEqualTo(
                        "{\"user_id\":\"%s\"}",
                        RunningGateway.PSEUDONYMS.of("presence-user-u2", "u1").orElseThrow());
        assertThat(json(ask(FORM, "socket_id=1.2&channel_name=presence-user-u1"))
                        .path("channel_data")
                        .textValue())
                .contains("\"user_id\":\"u1\"");
    }

    @Test
    void whoAppearsOfflineIsNotOnTheirOwnChannel() throws Exception {
        assertThat(askAsGhost("presence-user-ghost").statusCode()).isEqualTo(403);
    }

    /** As a user who appears offline. */
    private HttpResponse<String> askAsGhost(String channel) throws Exception {
        var request = gateway.request("/pusher/auth")
                .header("Content-Type", FORM)
                .header("Authorization", "Bearer " + RunningGateway.token("ghost", "Ghost", List.of()))
                .POST(BodyPublishers.ofString("socket_id=1.2&channel_name=" + channel))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void whereNothingIsShownPresenceChannelsAdmitNobodyAndCountsStay() throws Exception {
        gateway.close();
        gateway = new RunningGateway(entries -> {}, Optional.empty(), PresenceNames.Shown.NOTHING);

        for (String shut : List.of("presence-product-p1", "presence-search-coat", "presence-user-u2")) {
            assertThat(ask(FORM, "socket_id=1.2&channel_name=" + shut).statusCode())
                    .as(shut)
                    .isEqualTo(403);
        }
        // Their own: it tells when they leave.
        for (String open : List.of("private-cache-viewers-product-p1", "private-cache-status-u2", "presence-user-u1")) {
            assertThat(ask(FORM, "socket_id=1.2&channel_name=" + open).statusCode())
                    .as(open)
                    .isEqualTo(200);
        }
    }

    @Test
    void takesJsonToo() throws Exception {
        var answer = ask("application/json", "{\"socket_id\":\"1.2\",\"channel_name\":\"private-conversation-c1\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "private-user-u2, 403, Forbidden",
        "private-conversation-c2, 403, Forbidden",
        "private-order-o1, 403, Forbidden",
        "anything, 403, Forbidden",
        "status-updates, 400, Bad Request",
        "private-user-u1%20, 400, Bad Request",
    })
    void refusesWithAProblem(String channel, int status, String title) throws Exception {
        assertProblem(ask("socket_id=1.2&channel_name=" + channel), status, title);
    }

    @Test
    void answersABatchChannelByChannel() throws Exception {
        var answer = ask("socket_id=1.2&channel_name[0]=private-user-u1&channel_name[1]=private-user-u2"
                + "&channel_name[2]=presence-product-p1&channel_name[3]=x%20y");
        JsonNode answers = json(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answers.path("private-user-u1").path("status").intValue()).isEqualTo(200);
        assertThat(answers.path("private-user-u1").path("data").path("auth").textValue())
                .isEqualTo("app-key:" + SignatureUtil.sign("1.2:private-user-u1", RunningGateway.APP_SECRET));
        assertThat(answers.path("private-user-u2"))
                .isEqualTo(JSON.readTree("{\"status\":403,\"detail\":\"this channel is not yours\"}"));
        assertThat(answers.path("presence-product-p1")
                        .path("data")
                        .path("channel_data")
                        .textValue())
                .contains("u1");
        assertThat(answers.path("x y").path("status").intValue()).isEqualTo(400);
    }

    @Test
    void givesTheSecretOfAUsersEncryptedChannelToThemOnly() throws Exception {
        var answer = json(ask("socket_id=1.2&channel_name=private-encrypted-user-u1"));
        assertThat(answer.path("shared_secret").textValue()).isNotEmpty();

        assertThat(ask("socket_id=1.2&channel_name=private-encrypted-user-u2").statusCode())
                .isEqualTo(403);
    }

    @Test
    void givesTheSecretOfAnEncryptedChannelToParticipantsOnly() throws Exception {
        var answer = json(ask("socket_id=1.2&channel_name=private-encrypted-conversation-c1"));

        assertThat(Base64.getDecoder().decode(answer.path("shared_secret").textValue()))
                .hasSize(32);
        assertThat(ask("socket_id=1.2&channel_name=private-encrypted-conversation-c2")
                        .body())
                .doesNotContain("shared_secret");
    }

    @Test
    void saysWhereAConversationGoesOnThatSomebodyHasLeft() throws Exception {
        String channel = "private-members-" + RunningGateway.MEMBERS.id();

        JsonNode moved = json(ask("socket_id=1.2&channel_name=private-conversation-moved"));
        assertThat(moved.path("moved_to").textValue()).isEqualTo(channel);
        assertThat(moved.path("auth").textValue()).startsWith("app-key:");
        assertThat(json(ask("socket_id=1.2&channel_name[]=private-conversation-moved"))
                        .path("private-conversation-moved")
                        .path("data")
                        .path("moved_to")
                        .textValue())
                .isEqualTo(channel);
        assertThat(json(ask("socket_id=1.2&channel_name=private-conversation-c1"))
                        .has("moved_to"))
                .isFalse();
        assertThat(ask("socket_id=1.2&channel_name=" + channel).statusCode()).isEqualTo(200);
        assertThat(ask("socket_id=1.2&channel_name=" + channel.replace(RunningGateway.MEMBERS.key(), "A".repeat(22)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void signsAConnectionInAsTheTokensUser() throws Exception {
        var request = gateway.request("/pusher/user-auth")
                .header("Content-Type", FORM)
                .header("Authorization", bearer())
                .POST(BodyPublishers.ofString("socket_id=1.2&user_id=u2"))
                .build();
        JsonNode answer = json(http.send(request, BodyHandlers.ofString()));
        String user = answer.path("user_data").textValue();

        assertThat(JSON.readTree(user).path("id").textValue()).isEqualTo("u1");
        assertThat(answer.path("auth").textValue())
                .isEqualTo("app-key:" + SignatureUtil.sign("1.2::user::" + user, RunningGateway.APP_SECRET));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "''", "Bearer", "Bearer  ", "Bearer x.y.z", "Basic dTE6cA==", "x.y.z"})
    void refusesWhoShowsNoValidToken(@Nullable String authorization) throws Exception {
        var request = gateway.request("/pusher/auth")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("socket_id=1.2&channel_name=private-user-u1"));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());

        assertProblem(answer, 401, "Unauthorized");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void refusesABodyTooLargeWhetherOrNotItSaysHowLargeItIs() throws Exception {
        byte[] large = new byte[100_000];
        for (var body : List.of(
                BodyPublishers.ofByteArray(large),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            var request = gateway.request("/pusher/auth")
                    .header("Authorization", bearer())
                    .POST(body)
                    .build();
            assertProblem(http.send(request, BodyHandlers.ofString()), 413, "Content Too Large");
        }
    }

    @Test
    void allowsAPageThatMayCall() throws Exception {
        var answer = preflight(RunningGateway.ORIGIN);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(RunningGateway.ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("Authorization");
        assertThat(answer.headers().firstValue("Vary")).hasValue("Origin");
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example", "http://threadly.example", "https://threadly.example.evil.example", "null"})
    void tellsOtherPagesNothing(String origin) throws Exception {
        assertThat(preflight(origin).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void aRefusalCanBeReadByThePageToo() throws Exception {
        var request = gateway.request("/pusher/auth")
                .header("Origin", RunningGateway.ORIGIN)
                .POST(BodyPublishers.noBody())
                .build();
        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(RunningGateway.ORIGIN);
    }

    @ParameterizedTest
    @CsvSource({"GET, /pusher/auth", "POST, /pusher/auth/x", "GET, /", "POST, /pusher/auth%2F..", "PUT, /pusher/auth"})
    void whatIsNotThereIsAProblemWithoutInternals(String method, String path) throws Exception {
        var request =
                gateway.request(path).method(method, BodyPublishers.noBody()).build();
        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("status").intValue()).isEqualTo(answer.statusCode());
        assertThat(answer.body()).doesNotContainIgnoringCase("jetty").doesNotContainIgnoringCase("javalin");
        assertThat(answer.headers().map()).doesNotContainKey("server");
    }

    @Test
    void countsItsDecisions() throws Exception {
        double before = gateway.count("threadly.gateway.authorizations", "decision", "not_yours");
        ask("socket_id=1.2&channel_name=private-user-u2");

        assertThat(gateway.count("threadly.gateway.authorizations", "decision", "not_yours"))
                .isEqualTo(before + 1);
    }

    @Test
    void oneUserIsOnSoManyPresenceChannels() throws Exception {
        var other = new RunningGateway(_ -> {});
        try {
            var form = new StringBuilder("socket_id=1.2&channel_name[]=private-user-u1");
            for (int channel = 0; channel < RunningGateway.CHANNELS_PER_USER + 1; channel++) {
                form.append("&channel_name[]=presence-search-").append(channel);
                form.append("&channel_name[]=private-cache-viewers-search-").append(channel);
            }
            var request =
                    other.request("/pusher/auth").header("Content-Type", FORM).header("Authorization", bearer());
            JsonNode answers = json(http.send(
                    request.POST(BodyPublishers.ofString(form.toString())).build(), BodyHandlers.ofString()));

            assertThat(answers.path("private-user-u1").path("status").intValue())
                    .isEqualTo(200);
            assertThat(answers.path("presence-search-29").path("status").intValue())
                    .isEqualTo(200);
            assertThat(answers.path("presence-search-30").path("status").intValue())
                    .isEqualTo(429);
            assertThat(answers.path("presence-search-30").path("detail").textValue())
                    .contains("rate limit");
            assertThat(answers.path("private-cache-viewers-search-29")
                            .path("status")
                            .intValue())
                    .isEqualTo(200);
            assertThat(answers.path("private-cache-viewers-search-30")).isEqualTo(answers.path("presence-search-30"));

            var one = http.send(
                    request.POST(BodyPublishers.ofString("socket_id=1.2&channel_name=presence-search-31"))
                            .build(),
                    BodyHandlers.ofString());
            assertProblem(one, 429, "Too Many Requests");
            assertThat(one.headers().firstValue("Retry-After")).hasValue("60");
        } finally {
            other.close();
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String title) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(json(answer).path("type").textValue()).isEqualTo("about:blank");
        assertThat(json(answer).path("title").textValue()).isEqualTo(title);
        assertThat(json(answer).path("status").intValue()).isEqualTo(status);
        assertThat(json(answer).path("detail").textValue()).isNotBlank();
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        var request = gateway.request("/pusher/auth")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String form) throws Exception {
        return ask(FORM, form);
    }

    private HttpResponse<String> ask(String contentType, String body) throws Exception {
        var request = gateway.request("/pusher/auth")
                .header("Content-Type", contentType)
                .header("Authorization", bearer())
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String bearer() throws Exception {
        return "Bearer " + RunningGateway.token("u1", "Ana", List.of("c1", "moved"));
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}
