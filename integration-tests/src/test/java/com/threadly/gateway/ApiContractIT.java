package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.testing.Servers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Made-up requests, valid and not: the gateway answers as its OpenAPI document says, and never with an error of its own. */
@ExtendWith(Servers.Extension.class)
class ApiContractIT {

    private static final String CHECKS = String.join(
            ",",
            "not_a_server_error",
            "status_code_conformance",
            "content_type_conformance",
            "response_headers_conformance",
            "response_schema_conformance",
            "ignored_auth");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @Test
    void everyAnswerIsOneThatIsDocumented(Servers servers) throws Exception {
        var schemathesis = Schemathesis.install();
        try (var stage = GatewayStage.open(
                servers,
                servers.kafka(),
                folder,
                Map.of("RATE_LIMIT_USER", "100000", "RATE_LIMIT_ADDRESS", "100000"))) {
            var outcome = schemathesis.run(
                    stage.address().resolve("/openapi.json"), GatewayStage.token("ana", List.of("c1")), CHECKS);

            assertThat(outcome.code()).as(outcome.output()).isZero();
            assertThat(stage.readiness()).isEqualTo(200);
        }
    }
}
