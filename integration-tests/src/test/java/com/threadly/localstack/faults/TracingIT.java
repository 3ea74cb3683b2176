package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks what docs/observability.md says about OpenTelemetry's Java agent, with the agent. */
@ExtendWith(Servers.Extension.class)
class TracingIT {

    private static final Path AGENT = Path.of(System.getProperty("threadly.home", ".."))
            .resolve("integration-tests/target/agent/opentelemetry-javaagent.jar")
            .toAbsolutePath();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    /** A line of the console exporter: name, trace, span, kind. */
    private static final String SPAN_OF_THE_RECORD = "'message-events process' : " + TRACE;

    @Test
    void theTraceThatAServiceBeganGoesOnInTheWorkersSpans(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess worker = rig.worker(Map.of(
                            "JAVA_TOOL_OPTIONS", "-javaagent:" + AGENT,
                            "OTEL_TRACES_EXPORTER", "console",
                            "OTEL_METRICS_EXPORTER", "none",
                            "OTEL_LOGS_EXPORTER", "none"))
                    .awaitReady();
            talk.say(20);

            talk.said(rig.service()
                    .sendTraced(talk.nextMessage(), "00-%s-%s-01".formatted(TRACE, SPAN))
                    .join());

            talk.awaitAll();
            await().atMost(TestConversations.LIMIT)
                    .untilAsserted(() -> assertThat(worker.log()).contains(SPAN_OF_THE_RECORD));
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }
}
