package com.threadly.localstack.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostRoutesTest {

    private final PageFixture page = new PageFixture();

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void passesOnWhatPeopleDo() throws Exception {
        assertThat(page.post("/messages", "{\"from\":\"user-ana\",\"id\":\"d-1\",\"text\":\"Hi\",\"socketId\":\"1.2\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(page.post("/messages", "{\"from\":\"user-ben\",\"text\":\"Hey\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(page.post("/order/next", "{}").statusCode()).isEqualTo(202);
        assertThat(page.asked).containsExactly("message user-ana Hi d-1 1.2", "message user-ben Hey null null", "next");
    }

    @Test
    void answersTheMessageAsOthersGetIt() throws Exception {
        assertThat(page.post("/messages", message("Hi")).body())
                .isEqualTo("{\"id\":\"message-1\",\"conversationId\":\"conversation-1\",\"senderId\":\"user-ana\","
                        + "\"content\":\"Hi\",\"createdAt\":\"2026-01-02T03:04:05Z\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/messages | {\"from\":\"user-ana\",\"text\":\"  \"}     | text must not be blank",
                "/messages | {\"from\":\"user-ana\"}                     | text must not be blank",
                "/messages | {\"from\":\"user-eve\",\"text\":\"Hi\"}     | from must be one of the two people",
                "/messages | {\"text\":\"Hi\"}                           | from must be one of the two people",
                "/messages | {\"from\":\"user-ana\",\"text\":\"Hi\",\"id\":\"\"}   | id must be",
                "/messages | {\"from\":\"user-ana\",\"text\":\"Hi\",\"id\":\"a b\"} | id must be",
                "/messages | {\"from\":                                  | not the JSON object",
                "/messages | [1]                                         | not the JSON object",
                "/messages | null                                        | the body is empty",
            })
    void refusesWhatIsNoGoodAndSaysWhy(String path, String body, String reason) throws Exception {
        assertProblem(page.post(path, body), 400, reason);
    }

    @Test
    void takesTextUpToItsLimitAndNotBeyond() throws Exception {
        assertThat(page.post("/messages", message("é".repeat(2000))).statusCode())
                .isEqualTo(202);
        page.asked.clear();
        assertProblem(page.post("/messages", message("é".repeat(2001))), 400, "at most 2000");
    }

    @Test
    void refusesABodyFarTooLarge() throws Exception {
        assertProblem(page.post("/messages", message("a".repeat(33_000))), 413, "");
    }

    @Test
    void refusesWhatAFormOfAnotherSiteCouldSend() throws Exception {
        assertProblem(page.post("/messages", "text/plain", message("Hi")), 415, "application/json");
        assertProblem(page.post("/order/next", "text/plain", "{}"), 415, "application/json");
    }

    @Test
    void answersAProblemWhenTheEventCannotBePublished() throws Exception {
        assertProblem(page.post("/messages", message("broken")), 500, "could not be published");
    }

    @Test
    void answersAProblemForAnUnknownPath() throws Exception {
        assertProblem(page.get("/nothing"), 404, "no such file");
        assertProblem(page.post("/nothing", "{}"), 404, "");
    }

    private void assertProblem(HttpResponse<String> response, int status, String reason) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(response.body()).contains("\"status\":" + status).contains(reason);
        assertThat(page.asked).isEmpty();
    }

    private static String message(String text) {
        return "{\"from\":\"user-ana\",\"text\":\"" + text + "\"}";
    }
}
