package com.threadly.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.threadly.events.OrderStatus;
import java.time.Clock;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveStoryTest {

    private final LiveScene scene = LiveScene.create();
    private final LiveStory story = new LiveStory(scene, new SplittableRandom(1), Clock.systemUTC());

    @Test
    void theOrderWalksAndStartsAnew() {
        var events =
                Stream.generate(() -> story.nextOrderStatus().event()).limit(7).toList();

        assertThat(events.stream().map(event -> event.getStatus()))
                .containsExactly(
                        OrderStatus.PLACED,
                        OrderStatus.CONFIRMED,
                        OrderStatus.SHIPPED,
                        OrderStatus.DELIVERED,
                        OrderStatus.COMPLETED,
                        OrderStatus.PLACED,
                        OrderStatus.CONFIRMED);
        assertThat(events.get(5).getPreviousStatus()).isEmpty();
        assertThat(events.get(6).getPreviousStatus()).contains(OrderStatus.PLACED);
    }

    @Test
    void benWritesToAnaFromHisOwnTab() {
        var message = story.message("ben", "Is it still available?", "12.34").event();

        assertThat(message.getSenderId()).isEqualTo("ben");
        assertThat(message.getRecipientIds()).containsExactly("ana");
        assertThat(message.getOriginSocketId()).isEqualTo(Optional.of("12.34"));
    }

    @Test
    void knowsNobodyElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> story.typing("eve", true))
                .withMessageContaining("eve");
    }
}
