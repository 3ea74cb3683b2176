package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Progress;
import com.threadly.localstack.StackOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The unmodified pusher-js in a real browser, through the gateway and every worker. */
class BrowserIT {

    private static final String PRODUCT = "presence-product-coat";

    @Test
    void seesWhatIsTheirsAndNothingElse() throws IOException, InterruptedException {
        Chromium installed = Chromium.installed();
        try (LocalStack stack = LocalStack.start(StackOptions.defaults(), Progress.silent());
                GatewayEvents services = new GatewayEvents(stack.settings());
                Tabs tabs = installed.open(stack)) {
            var tokens = new DevelopmentTokens(
                    stack.settings().getOrDefault("AUTH_DEVELOPMENT_SECRET", ""), Clock.systemUTC());
            services.message("talk", "ana", "ben");
            services.message("other", "cleo", "dora");
            try (var ben = new GatewayCaller(stack, "ben")) {
                ben.awaitUnread(1);
            }

            tabs.does("open ben " + tokens.token("ben", "Ben", List.of(), List.of()));
            tabs.sees("ben signed in ben");

            tabs.subscribes("ben", "private-conversation-talk", "private-user-ben", PRODUCT);
            tabs.does("subscribe ben private-conversation-other");
            tabs.sees("ben private-conversation-other refused 403");
            tabs.does("subscribe ben private-user-ana");
            tabs.sees("ben private-user-ana refused 403");

            services.message("talk", "ana", "ben");
            tabs.sees("ben private-conversation-talk new-message ");
            tabs.sees("ben private-user-ben notification ");

            tabs.does("open phone " + tokens.token("ben", "Ben", List.of(), List.of()));
            tabs.subscribes("phone", "private-user-ben");
            tabs.does("ask phone POST /v1/notifications/read {\"allUpTo\":\"2099-01-01T00:00:00Z\"}");
            tabs.sees("phone POST /v1/notifications/read 204");
            tabs.sees("ben private-user-ben notifications-read ");
            tabs.does("ask phone GET /v1/notifications/unread-count");
            tabs.sees("phone GET /v1/notifications/unread-count 200 {\"unread\":0,\"unseen\":0}");

            tabs.does("open ana " + tokens.token("ana", "Ana", List.of(), List.of()));
            tabs.subscribes("ana", PRODUCT);
            tabs.sees("ben " + PRODUCT + " joined ana Ana");

            assertThat(tabs.lines())
                    .noneMatch(line -> line.startsWith("failed"))
                    .noneMatch(line -> line.startsWith("ben private-conversation-other new-message"));
        }
    }
}
