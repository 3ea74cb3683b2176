package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.NeutralSchema;
import com.threadly.serde.SchemaRegistryClient;
import com.threadly.serde.SerdeConfig;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class SchemaEvolutionIT {

    @Test
    void readsWhatAProducerWithOneMoreFieldWrites(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            MessageService service = rig.service();
            WorkerProcess worker = rig.worker().awaitReady();
            var newer = new NewerService(servers.registry());
            newer.prepare();
            for (int i = 0; i < 5; i++) {
                talk.say(40);
                newer.say(talk, service);
            }

            talk.awaitAll();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(box.letters()).isEmpty();
        }
    }

    @Test
    void readsASymbolOfALaterReleaseAsUnknown(Servers servers) throws Exception {
        String subject = Topics.PAYMENT_EVENTS.subject();
        try (SchemaRegistryClient registry = SerdeConfig.of(
                        Map.of(SerdeConfig.URL, servers.registry().toString()))
                .connect()) {
            Schema today = NeutralSchema.of(PaymentStatusChanged.getClassSchema());
            registry.idOf(subject, today);
            Schema later = new SchemaParser()
                    .parse(today.toString().replace("\"PAYOUT_SENT\"", "\"PAYOUT_SENT\",\"CHARGED_BACK\""))
                    .mainSchema();
            GenericRecord payment = new GenericData.Record(later);
            payment.put("eventId", UUID.randomUUID().toString());
            payment.put("occurredAt", Instant.now().toEpochMilli());
            payment.put("paymentId", "payment-1");
            payment.put("orderId", "order-1");
            payment.put("payerId", "ana");
            payment.put("payeeId", "ben");
            payment.put("amountMinor", 4200L);
            payment.put("currency", "EUR");
            payment.put(
                    "status",
                    new GenericData.EnumSymbol(later.getField("status").schema(), "CHARGED_BACK"));

            PaymentStatusChanged read = new AvroDecoder(registry)
                    .decode(NewerService.written(registry.idOf(subject, later), payment), PaymentStatusChanged.class);

            assertThat(read.getStatus()).isEqualTo(PaymentStatus.UNKNOWN);
            assertThat(read.getAmountMinor()).isEqualTo(4200L);
            assertThat(read.getFailureReason()).isEmpty();
        }
    }
}
