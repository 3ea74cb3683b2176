package com.threadly.provisioner.topics;

import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import java.util.List;
import java.util.stream.Stream;

/** Every topic that the system needs: those of {@link Topics} and their readers' dead letter topics. */
public final class TopicCatalogue {

    private TopicCatalogue() {}

    public static List<TopicSpec> all() {
        return Stream.concat(sources(), deadLetters()).toList();
    }

    private static Stream<TopicSpec> sources() {
        return Topics.all().stream().map(TopicSpec::of);
    }

    private static Stream<TopicSpec> deadLetters() {
        return TopicReader.all().stream()
                .flatMap(reader ->
                        reader.topics().stream().map(topic -> TopicSpec.deadLetters(topic, reader.deployable())));
    }
}
