package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineBuilderTest {

    @ParameterizedTest
    @MethodSource("com.threadly.events.TopicReader#all")
    void readsWhatTheListSays(TopicReader reader) {
        PipelineBuilder.requireListed(reader.deployable(), reader.topics());
    }

    @Test
    void refusesATopicThatTheListDoesNotGiveToTheDeployable() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PipelineBuilder.requireListed("gateway", List.of(Topics.TYPING_EVENTS)))
                .withMessageContaining("gateway")
                .withMessageContaining("typing-events");
    }

    @Test
    void refusesADeployableThatIsNotOnTheList() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PipelineBuilder.requireListed("another-worker", List.of(Topics.ORDER_EVENTS)));
    }
}
