package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RoundTripTest {

    @Property
    void whatAvroWroteIsReadAndWrittenAgainByteForByte(
            @ForAll("topics") Topic<?> topic, @ForAll @IntRange int id, @ForAll long seed) {
        OneSchema registry = new OneSchema(id, topic.valueType());
        byte[] record =
                RandomRecords.framed(id, registry.schema(), RandomRecords.value(registry.schema(), new Random(seed)));

        var event = new AvroDecoder(registry).decode(record, topic.valueType());

        assertThat(new AvroEncoder(registry).encode(topic.subject(), event)).isEqualTo(record);
    }

    @Provide
    Arbitrary<Topic<?>> topics() {
        return Arbitraries.of(Topics.all());
    }
}
