package com.threadly.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Records of any event schema, framed, written by Avro alone: independent of the code under test. */
final class RandomRecords {

    private RandomRecords() {}

    static byte[] framed(int id, Schema schema, @Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static @Nullable Object value(Schema schema, Random random) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericData.Record value = new GenericData.Record(schema);
                schema.getFields().forEach(field -> value.put(field.pos(), value(field.schema(), random)));
                yield value;
            }
            case STRING -> schema.getLogicalType() == null ? text(random) : uuid(random);
            case INT -> random.nextInt();
            case LONG -> random.nextBoolean() ? random.nextLong() : random.nextLong(100);
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> new GenericData.EnumSymbol(schema, any(schema.getEnumSymbols(), random));
            case UNION -> value(any(schema.getTypes(), random), random);
            case ARRAY ->
                Stream.<@Nullable Object>generate(() -> value(schema.getElementType(), random))
                        .limit(random.nextInt(5))
                        .toList();
            case MAP -> {
                Map<String, @Nullable Object> entries = new HashMap<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    entries.put(text(random), value(schema.getValueType(), random));
                }
                yield entries;
            }
            case NULL -> null;
            case FLOAT, DOUBLE, BYTES, FIXED -> throw new AssertionError("no event has a " + schema);
        };
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40), 0, Character.MAX_CODE_POINT + 1)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
