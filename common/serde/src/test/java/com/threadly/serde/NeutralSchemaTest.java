package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeutralSchemaTest {

    @ParameterizedTest
    @MethodSource("topics")
    void isWhatTheSchemaFileSays(Topic<?> topic) throws IOException {
        Schema generated = SpecificData.get().getSchema(topic.valueType());
        String file = Files.readString(
                Path.of("../../schemas/src/main/avro", topic.valueType().getSimpleName() + ".avsc"));

        assertThat(NeutralSchema.of(generated).toString())
                .isEqualTo(new SchemaParser().parse(file).mainSchema().toString())
                .isNotEqualTo(generated.toString());
    }

    static List<Topic<?>> topics() {
        return Topics.all();
    }
}
