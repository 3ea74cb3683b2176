package com.threadly.localstack.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.subscribe.Subscription;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Shop;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private final List<Emission<?>> events =
            Shop.events(World.of(2, WorldSize.STANDARD), Mix.STANDARD, 2, Clock.systemUTC(), 20_000);
    private final Audience audience = Audience.of(events);

    @Test
    void listensWhereverSomethingIsPushed() {
        Set<String> pushed = Deliveries.of(events, Duration.ZERO).interleaved(new SplittableRandom(1)).stream()
                .map(Push::channel)
                .collect(Collectors.toSet());

        assertThat(audience.subscriptions().stream().map(Subscription::channel))
                .doesNotHaveDuplicates()
                .containsAll(pushed)
                .hasSizeLessThan(2_200);
    }

    @Test
    void whoeverAsksIsAllowedTo() {
        assertThat(audience.subscriptions()).allSatisfy(subscription -> {
            String channel = subscription.channel();
            String user = subscription.userId();
            if (channel.startsWith("private-user-")) {
                assertThat(channel).isEqualTo("private-user-" + user);
            } else if (channel.startsWith("private-conversation-")) {
                assertThat(audience.rightsOf(String.valueOf(user)).conversations())
                        .contains(channel.substring("private-conversation-".length()));
            } else if (channel.startsWith("private-order-")) {
                assertThat(audience.rightsOf(String.valueOf(user)).orders())
                        .contains(channel.substring("private-order-".length()));
            } else {
                assertThat(user == null).isEqualTo(!channel.startsWith("presence-"));
            }
        });
    }

    @Test
    void noTokenGrowsTooLongForAHeader() {
        assertThat(audience.subscriptions())
                .allSatisfy(subscription -> assertThat(audience.rightsOf(String.valueOf(subscription.userId()))
                                .toString())
                        .hasSizeLessThan(4_000));
    }
}
