package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that publish events may run on an older JDK than ours. */
class ClassFileVersionTest {

    private static final int JAVA_17 = 61;

    @ParameterizedTest
    @ValueSource(classes = {AvroSerializer.class, Topics.class, OrderStatusChanged.class})
    void isOfJava17(Class<?> type) throws IOException {
        try (var file = new DataInputStream(
                Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class")))) {
            file.skipNBytes(6); // the magic number and the minor version

            assertThat(file.readUnsignedShort()).isEqualTo(JAVA_17);
        }
    }
}
