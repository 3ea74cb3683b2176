package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.Topics;
import com.threadly.gateway.http.Route;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document and the routes agree. */
class OpenApiTest {

    private final RunningGateway gateway = new RunningGateway(entries -> {});
    private JsonNode document;

    @BeforeEach
    void read() throws Exception {
        try (var in = OpenApi.class.getResourceAsStream("openapi.json")) {
            document = new ObjectMapper().readTree(in);
        }
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void namesEveryRouteAndNoOther() {
        Set<String> documented = document.path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toSet());

        assertThat(gateway.routes().all())
                .extracting(OpenApiTest::name)
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void namesTheParametersOfEachPath() {
        for (Route route : gateway.routes().all()) {
            String method = route.method().name().toLowerCase(Locale.ROOT);
            JsonNode parameters =
                    document.path("paths").path(route.path()).path(method).path("parameters");
            Set<String> documented = parameters
                    .valueStream()
                    .filter(parameter -> parameter.path("in").textValue().equals("path"))
                    .map(parameter -> "{" + parameter.path("name").textValue() + "}")
                    .collect(Collectors.toSet());
            Set<String> expected = Set.of(route.path().split("/", -1)).stream()
                    .filter(part -> part.startsWith("{"))
                    .collect(Collectors.toSet());
            assertThat(documented).as(name(route)).isEqualTo(expected);
        }
    }

    @Test
    void pointsAtNothingThatIsNotThere() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @Test
    void documentsRateLimitsAndLateBodies() {
        for (Route route : gateway.routes().all()) {
            JsonNode operation = document.path("paths")
                    .path(route.path())
                    .path(route.method().name().toLowerCase(Locale.ROOT));
            assertThat(operation.path("responses").has("429")).as(name(route)).isTrue();
            assertThat(operation.path("responses").has("408")).as(name(route)).isEqualTo(operation.has("requestBody"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Notification", "OrderUpdate", "UserPresence"})
    void hasTheFieldsThatArePushed(String name) throws Exception {
        try (var in = Topics.class.getResourceAsStream("pushed-events.schema.json")) {
            JsonNode pushed = new ObjectMapper().readTree(in).path("definitions");
            assertThat(fields(document.at("/components/schemas"), name)).isEqualTo(fields(pushed, name));
        }
    }

    private static Set<String> fields(JsonNode schemas, String name) {
        return schemas.path(name)
                .path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String name(Route route) {
        return route.method().name() + " " + route.path();
    }
}
