package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Producers that are newer or older than this program. */
class SchemaEvolutionTest {

    private static final int ID = 70_000;

    @Test
    void skipsAFieldThatANewerProducerAdded() {
        Schema newer = orderSchema(json -> json.replaceFirst(
                "\"fields\":\\[",
                "\"fields\":[{\"name\":\"gift\",\"type\":{\"type\":\"map\",\"values\":\"string\"},"
                        + "\"default\":{}},"));
        GenericData.Record order = order(newer);
        order.put("gift", Map.of("wrap", "red"));
        order.put("orderId", "o-1");

        assertThat(decode(newer, order).getOrderId()).isEqualTo("o-1");
    }

    @Test
    void readsASymbolThatANewerProducerAddedAsUnknown() {
        Schema newer = orderSchema(json -> json.replace("\"PLACED\"", "\"TELEPORTED\",\"PLACED\""));
        GenericData.Record order = order(newer);
        Schema status = newer.getField("status").schema();
        order.put("status", new GenericData.EnumSymbol(status, "TELEPORTED"));
        order.put("previousStatus", new GenericData.EnumSymbol(status, "PLACED"));

        OrderStatusChanged read = decode(newer, order);

        assertThat(read.getStatus()).isEqualTo(OrderStatus.UNKNOWN);
        assertThat(read.getPreviousStatus()).contains(OrderStatus.PLACED);
    }

    @Test
    void givesAFieldThatAnOlderProducerLacksItsDefault() {
        Schema older = orderSchema(json -> json.replaceFirst(",\\{\"name\":\"previousStatus\".*", "]}"));

        assertThat(older.getField("previousStatus")).isNull();
        assertThat(decode(older, order(older)).getPreviousStatus()).isEmpty();
    }

    @Test
    void cannotReadASchemaThatLacksANeededField() {
        Schema other = orderSchema(json -> json.replace("\"orderId\"", "\"orderKey\""));

        assertThatThrownBy(() -> decode(other, order(other)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("OrderStatusChanged")
                .hasMessageContaining(Integer.toString(ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "time-micros"})
    void cannotReadTimesInAnotherUnit(String logicalType) {
        Schema other = orderSchema(json -> json.replace("timestamp-millis", logicalType));

        assertThatThrownBy(() -> decode(other, order(other)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("OrderStatusChanged.occurredAt is " + logicalType + ", not timestamp-millis");
    }

    @Test
    void readsTimesOfWhichTheWriterNamesNoUnit() {
        Schema plain = orderSchema(json -> json.replace("\"logicalType\":\"timestamp-millis\"", "\"was\":\"plain\""));
        GenericData.Record order = order(plain);
        order.put("occurredAt", 1_000L);

        assertThat(decode(plain, order).getOccurredAt()).isEqualTo(Instant.ofEpochSecond(1));
    }

    @Test
    void cannotReadATypeThatHasNoClassHere() {
        Schema unknown = orderSchema(json -> json.replace("\"OrderStatusChanged\"", "\"OrderTeleported\""));

        assertThatThrownBy(() -> decode(unknown, order(unknown)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("com.threadly.events.OrderTeleported");
    }

    @Test
    void loadsNoClassThatIsNoEvent() {
        OneSchema registry = new OneSchema(ID, "{\"type\":\"record\",\"name\":\"java.lang.Runtime\",\"fields\":[]}");

        assertThatThrownBy(() -> new AvroDecoder(registry).decode(framed(registry.schema())))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void cannotReadASchemaThatIsNoRecord() {
        OneSchema registry = new OneSchema(ID, "\"string\"");

        assertThatThrownBy(() -> new AvroDecoder(registry).decode(framed(registry.schema())))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("STRING");
    }

    @Test
    void tellsAnEventOfAnotherTypeFromTheExpectedOne() {
        OneSchema registry = new OneSchema(ID, OrderStatusChanged.class);

        assertThatThrownBy(() -> new AvroDecoder(registry).decode(framed(registry.schema()), MessageSent.class))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("OrderStatusChanged")
                .hasMessageContaining("MessageSent");
    }

    private static Schema orderSchema(UnaryOperator<String> change) {
        String now = NeutralSchema.of(SpecificData.get().getSchema(OrderStatusChanged.class))
                .toString();
        String changed = change.apply(now);
        assertThat(changed).isNotEqualTo(now);
        return new SchemaParser().parse(changed).mainSchema();
    }

    private static byte[] framed(Schema schema) {
        return RandomRecords.framed(ID, schema, RandomRecords.value(schema, new Random(1)));
    }

    private static GenericData.Record order(Schema schema) {
        GenericData.Record order = new GenericData.Record(schema);
        schema.getFields().stream()
                .filter(field -> !field.name().equals("gift"))
                .forEach(field -> order.put(field.pos(), RandomRecords.value(field.schema(), new Random(1))));
        return order;
    }

    private static OrderStatusChanged decode(Schema schema, GenericData.Record order) {
        return new AvroDecoder(new OneSchema(ID, schema))
                .decode(RandomRecords.framed(ID, schema, order), OrderStatusChanged.class);
    }
}
