package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.MessageSent;
import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes are an event or undecodable: no other exception, and no memory beyond their size. */
class HostileBytesTest {

    private static final int ID = 7;
    private static final String EVENT_ID = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4000";

    @Property
    void anyBytesAtAll(@ForAll byte[] bytes) {
        isAnEventOrUndecodable(new OneSchema(ID, MessageSent.class), bytes);
    }

    @Property
    void anyBytesBehindAGoodHeader(@ForAll("topics") Topic<?> topic, @ForAll byte[] body) {
        byte[] record = new byte[WireFormat.HEADER_BYTES + body.length];
        record[4] = ID;
        System.arraycopy(body, 0, record, WireFormat.HEADER_BYTES, body.length);

        isAnEventOrUndecodable(new OneSchema(ID, topic.valueType()), record);
    }

    @Property
    void aGoodRecordWithOneByteChanged(@ForAll("topics") Topic<?> topic, @ForAll long seed) {
        Random random = new Random(seed);
        OneSchema registry = new OneSchema(ID, topic.valueType());
        byte[] record = RandomRecords.framed(ID, registry.schema(), RandomRecords.value(registry.schema(), random));
        record[random.nextInt(record.length)] = (byte) random.nextInt();

        isAnEventOrUndecodable(registry, record);
    }

    @Property
    void aGoodRecordCutOrLengthened(@ForAll("topics") Topic<?> topic, @ForAll long seed) {
        Random random = new Random(seed);
        OneSchema registry = new OneSchema(ID, topic.valueType());
        byte[] record = RandomRecords.framed(ID, registry.schema(), RandomRecords.value(registry.schema(), random));
        AvroDecoder decoder = new AvroDecoder(registry);

        isUndecodable(() -> decoder.decode(Arrays.copyOf(record, random.nextInt(record.length))));
        isUndecodable(() -> decoder.decode(Arrays.copyOf(record, record.length + 1 + random.nextInt(9))));
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aStringThatClaimsMoreThanTheRecordHas(long length) throws IOException {
        isUndecodable(messageUpTo(body -> body.writeLong(length)));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8L, Long.MAX_VALUE, -Integer.MAX_VALUE, Long.MIN_VALUE})
    void anArrayThatClaimsMoreThanTheRecordHas(long items) throws IOException {
        isUndecodable(messageUpTo(body -> {
            body.writeString("message");
            body.writeString("conversation");
            body.writeString("sender");
            body.writeLong(items);
            body.writeLong(1);
        }));
    }

    @Test
    void aFieldToSkipThatNestsDeeperThanTheStack() {
        OneSchema registry = new OneSchema(ID, """
                {"type":"record","name":"TypingChanged","namespace":"com.threadly.events","fields":[
                  {"name":"chain","type":{"type":"record","name":"Link","fields":[
                    {"name":"next","type":["null","Link"]}]}}]}""");
        byte[] record = new byte[1 << 20];
        Arrays.fill(record, (byte) 2);
        System.arraycopy(new byte[] {0, 0, 0, 0, ID}, 0, record, 0, WireFormat.HEADER_BYTES);

        isUndecodable(() -> new AvroDecoder(registry).decode(record));
    }

    @Test
    void anArrayOfNothingsThatTakesNoBytes() throws IOException {
        OneSchema registry = new OneSchema(ID, """
                {"type":"record","name":"TypingChanged","namespace":"com.threadly.events","fields":[
                  {"name":"nothings","type":{"type":"array","items":"null"}}]}""");

        isUndecodable(() -> new AvroDecoder(registry).decode(record(body -> body.writeLong(Integer.MAX_VALUE - 8))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "00000000", "0100000007", "ff00000007", "7b2261223a317d", "00ffffffff", "0080000000"})
    void whatIsNotFramed(String hex) {
        isUndecodable(() -> new AvroDecoder(new OneSchema(ID, MessageSent.class))
                .decode(HexFormat.of().parseHex(hex)));
    }

    private interface Body {
        void write(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] record(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.begin(bytes, ID);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        body.write(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static ThrowingCallable messageUpTo(Body rest) throws IOException {
        byte[] record = record(body -> {
            body.writeString(EVENT_ID);
            body.writeLong(0);
            rest.write(body);
        });
        return () -> new AvroDecoder(new OneSchema(ID, MessageSent.class)).decode(record);
    }

    private static void isUndecodable(ThrowingCallable decoding) {
        assertThatThrownBy(decoding).isInstanceOf(UndecodableException.class);
    }

    private static void isAnEventOrUndecodable(SchemaRegistryClient registry, byte[] record) {
        try {
            assertThat(new AvroDecoder(registry).decode(record)).isNotNull();
        } catch (UndecodableException e) {
            assertThat(e).hasMessageContaining(" ");
        }
    }

    @Provide
    Arbitrary<Topic<?>> topics() {
        return Arbitraries.of(Topics.all());
    }
}
