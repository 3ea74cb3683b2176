package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedElementsTest {

    @ParameterizedTest
    @CsvSource({"1, 100000, false", "4, 25000, false", "1, 100001, true", "100001, 1, true", "1, 7500000, true"})
    void countsTheElementsOfAllBlocks(int blocks, int each, boolean tooMany) throws IOException {
        var decoder = new BoundedElements(DecoderFactory.get().binaryDecoder(blocks(blocks, each), null));

        if (tooMany) {
            assertThatThrownBy(() -> read(decoder))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("100,000");
        } else {
            assertThat(read(decoder)).isEqualTo((long) blocks * each);
        }
    }

    private static long read(BoundedElements decoder) throws IOException {
        long elements = 0;
        for (long block = decoder.readArrayStart(); block > 0; block = decoder.arrayNext()) {
            for (long i = 0; i < block; i++) {
                decoder.readInt();
            }
            elements += block;
        }
        return elements;
    }

    private static byte[] blocks(int blocks, int each) throws IOException {
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        for (int block = 0; block < blocks; block++) {
            encoder.writeLong(each);
            for (int i = 0; i < each; i++) {
                encoder.writeInt(0);
            }
        }
        encoder.writeLong(0);
        encoder.flush();
        return bytes.toByteArray();
    }
}
