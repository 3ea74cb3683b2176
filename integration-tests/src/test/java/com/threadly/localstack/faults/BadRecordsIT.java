package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.Extension.class)
class BadRecordsIT {

    private static final byte[] NO_AVRO = "this is no Avro".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UNKNOWN_SCHEMA = {0, 0x7f, 0x11, 0x22, 0x33, 4, 'o', 'k'};
    private static final byte[] EMPTY = {};

    @Test
    void setsAsideWhatNoOneCanDecodeAndDeliversTheRest(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            MessageService service = rig.service();
            DeadLetterBox box = rig.deadLetters();
            byte[] wrongMagic = service.bytes(new Message("x", 0), "hello");
            wrongMagic[0] = 1;
            byte[] whole = service.bytes(new Message("x", 0), "hello");
            byte[] cutOff = Arrays.copyOf(whole, whole.length / 2);

            talk.say(200);
            List<AcknowledgedMessage> bad = new ArrayList<>();
            for (byte[] value : List.of(NO_AVRO, UNKNOWN_SCHEMA, wrongMagic, cutOff, EMPTY)) {
                bad.add(service.send(talk.nextMessage(), value).join());
                talk.say(47);
            }
            WorkerProcess worker = rig.worker().awaitReady();
            talk.say(200);

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            List<ConsumerRecord<String, byte[]>> letters = box.letters();
            assertThat(letters)
                    .extracting(ConsumerRecord::value)
                    .containsExactlyInAnyOrder(NO_AVRO, UNKNOWN_SCHEMA, wrongMagic, cutOff, EMPTY);
            assertThat(letters).extracting(BadRecordsIT::origin).containsExactlyInAnyOrderElementsOf(origins(bad));
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.topic()).isEqualTo("message-events.message-fanout-worker.dlq");
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.REASON))
                        .isEqualTo("UNDECODABLE");
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.WORKER))
                        .isEqualTo(WorkerProcess.NAME);
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.MESSAGE))
                        .isNotBlank();
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.FAILED_AT))
                        .startsWith("20");
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.TIMESTAMP))
                        .startsWith("20");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void setsAsideTheOneEventThatPusherRefusesAndDeliversTheRestOfItsBatch(int status, Servers servers)
            throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            rig.pusher().faults().reject("a word that is refused", status);

            List<Message> refused = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                talk.say(93);
                refused.addAll(talk.say(1, "with a word that is refused"));
            }
            talk.say(93);
            // Few slots, so that refused events share batches with others.
            WorkerProcess worker = rig.worker(Map.of("PUSH_MAX_IN_FLIGHT", "2")).awaitReady();

            talk.awaitAllBut(refused);
            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verifyAllBut(refused, Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            List<ConsumerRecord<String, byte[]>> letters = box.letters();
            assertThat(letters)
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrderElementsOf(
                            refused.stream().map(Message::conversation).toList());
            assertThat(letters).allSatisfy(letter -> {
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.REASON))
                        .isEqualTo("REJECTED");
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.MESSAGE))
                        .contains(Integer.toString(status));
            });
        }
    }

    /** Kafka's own limits are of compressed sizes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void livesThroughABacklogThatDecompressesToTwiceItsHeap(boolean readable, Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            MessageService service = rig.service("zstd");
            String large = "x".repeat(900_000);
            for (int i = 0; i < 300; i++) {
                Message message = talk.nextMessage();
                if (readable) {
                    talk.said(service.send(message, large).join());
                } else {
                    service.send(message, large.getBytes(StandardCharsets.US_ASCII))
                            .join();
                }
            }
            talk.say(100);

            WorkerProcess worker = rig.worker().awaitReady();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            assertThat(worker.metric("threadly_dead_letters_total")).isEqualTo(readable ? 0 : 300);
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);

            // Read back, they fit as well.
            worker = rig.worker().awaitReady();
            talk.say(20);
            talk.awaitAll();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    private static List<String> origins(List<AcknowledgedMessage> records) {
        return records.stream()
                .map(sent -> sent.message().conversation() + " " + sent.partition() + " " + sent.offset())
                .toList();
    }

    private static String origin(ConsumerRecord<String, byte[]> letter) {
        return "%s %s-%s %s"
                .formatted(
                        letter.key(),
                        DeadLetterBox.header(letter, DeadLetterHeaders.TOPIC),
                        DeadLetterBox.header(letter, DeadLetterHeaders.PARTITION),
                        DeadLetterBox.header(letter, DeadLetterHeaders.OFFSET));
    }
}
