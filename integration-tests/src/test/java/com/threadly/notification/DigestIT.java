package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.MessageSent;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class DigestIT {

    private final ObjectMapper json = new ObjectMapper();
    private final InboxFixture inbox;

    DigestIT(Servers servers) {
        inbox = new InboxFixture(servers);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void pushesOnceABatchWithTheFinalCount() throws Exception {
        List<PushEvent> pushes = inbox.storeAndPush(List.of(message(1), message(2), message(3)));

        assertThat(pushes).extracting(PushEvent::channel).containsExactly("private-user-ben", "private-user-cid");
        JsonNode payload = json.readTree(pushes.getFirst().data());
        assertThat(payload.at("/title").asText()).isEqualTo("3 new messages from Ana");
        assertThat(payload.at("/message").asText()).isEqualTo("Text 3");
        assertThat(payload.at("/metadata/count").asInt()).isEqualTo(3);
        assertThat(payload.at("/createdAt").asText()).isEqualTo("2026-01-01T12:00:01.120Z");
    }

    @Test
    void countsUpStrictlyAndUnderOneIdAcrossBatches() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        inbox.storeAndPush(List.of(message(1)));
        inbox.storeAndPush(List.of(message(2), message(1)));
        inbox.awaitAllMarked();
        inbox.storeAndPush(List.of(message(2)));
        inbox.storeAndPush(List.of(message(3), message(2)));

        List<JsonNode> toBen = new ArrayList<>();
        for (PushEvent event : inbox.pushed) {
            if (event.channel().equals("private-user-ben")) {
                toBen.add(json.readTree(event.data()));
            }
        }
        assertThat(toBen)
                .extracting(payload -> payload.at("/metadata/count").asInt())
                .containsExactly(1, 2, 3);
        assertThat(toBen)
                .extracting(payload -> payload.at("/id").asText())
                .containsOnly(toBen.getFirst().at("/id").asText());
        assertThat(toBen.getFirst().at("/title").asText()).isEqualTo("New message from Ana");
    }

    @Test
    void aLateMarkDoesNotHideWhatHasGrownSince() throws Exception {
        var first = inbox.store(inbox.records(List.of(message(1))));
        inbox.store(inbox.records(List.of(message(2))));
        // Only now is the first acknowledged; the worker then dies before the second is.
        inbox.push(first);

        try (var afterACrash = inbox.another()) {
            List<PushEvent> pushes = afterACrash.storeAndPush(List.of(message(1), message(2)));
            assertThat(pushes)
                    .hasSize(2)
                    .allSatisfy(push -> assertThat(push.data()).contains("\"count\":2"));
        }
    }

    /** The batches are not those of before, and another worker has stored messages and died. */
    @Test
    void pushesAfterItsPartitionCameBackWhatNobodyHasPushed() throws Exception {
        var messages = List.of(message(1), message(2), message(3), message(4), message(5));
        try (var killed = inbox.another()) {
            killed.store(killed.records(messages));
        }
        inbox.store(inbox.records(messages.subList(0, 3)));

        inbox.losePartition();

        assertThat(inbox.storeAndPush(messages))
                .hasSize(2)
                .allSatisfy(push -> assertThat(push.data()).contains("\"count\":5"));
    }

    @Test
    void aLaterMessageMakesItUnreadAgain() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        inbox.awaitAllMarked();
        inbox.execute("UPDATE notification SET pushed_at = NULL, read_at = '%s'".formatted(NOON.plusSeconds(5)));

        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(message(2))))
                    .hasSize(2)
                    .allSatisfy(push -> assertThat(push.data()).contains("\"read\":true"));
        }
        assertThat(inbox.storeAndPush(List.of(message(9))))
                .hasSize(2)
                .allSatisfy(push -> assertThat(push.data()).contains("\"read\":false"));
    }

    @RepeatedTest(12)
    void givesTheSameRowsForAnyOrderRepetitionAndBatches(RepetitionInfo repetition, Servers servers) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        // Over several windows, some in the same instant.
        List<MessageSent> history = IntStream.range(0, 40)
                .mapToObj(n -> message(n, NOON.plus(Duration.ofSeconds(random.nextInt(60) * 15L))))
                .toList();
        inbox.storeAndPush(history);

        var disturbed = new ArrayList<>(history);
        IntStream.range(0, 20).forEach(n -> disturbed.add(history.get(random.nextInt(history.size()))));
        Collections.shuffle(disturbed, random);
        try (var other = new InboxFixture(servers)) {
            for (int from = 0; from < disturbed.size(); ) {
                int to = Math.min(disturbed.size(), from + 1 + random.nextInt(10));
                other.storeAndPush(disturbed.subList(from, to));
                from = to;
            }
            assertThat(other.rows()).isEqualTo(inbox.rows()).isNotEmpty();
            assertThat(other.messagesOfDigests()).isEqualTo(inbox.messagesOfDigests());
        }
    }

    @Test
    void twoWorkersAtOnceCountEachOthersMessages() throws Exception {
        try (var other = inbox.another();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var odd = workers.submit(() -> storeEach(inbox, 1));
            var even = workers.submit(() -> storeEach(other, 2));
            odd.get();
            even.get();
        }

        assertThat(inbox.query("SELECT metadata ->> 'count' FROM notification")).containsExactly("100", "100");
    }

    @Test
    void whatTakesTheDatabaseTooLongIsHalvedAndNoTroubleOfTheDatabase() throws Exception {
        // One second per 100 messages, while a statement may take two.
        inbox.execute("""
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    PERFORM pg_sleep(0.01);
                    RETURN NEW;
                END $$;
                CREATE TRIGGER slow BEFORE INSERT ON digest_message FOR EACH ROW EXECUTE FUNCTION slow()
                """);

        assertThat(inbox.storeAndPush(List.of(message(1, "slow", 300)))).hasSize(300);
        assertThat(inbox.rows()).hasSize(300);
        assertThat(inbox.database().trouble()).isEmpty();
    }

    @Test
    void whoIsNamedTwiceIsToldOnceAndTheSenderIsNot() throws Exception {
        MessageSent odd = MessageSent.newBuilder(message(1))
                .setRecipientIds(IntStream.range(0, 30_000)
                        .mapToObj(n -> List.of("ben", "ana", "cid").get(n % 3))
                        .toList())
                .build();
        MessageSent empty =
                MessageSent.newBuilder(message(2)).setRecipientIds(List.of()).build();
        MessageSent alone = MessageSent.newBuilder(message(3))
                .setRecipientIds(List.of("ana", "ana"))
                .build();

        assertThat(inbox.storeAndPush(List.of(odd, empty, alone)))
                .extracting(push -> push.channel())
                .containsExactly("private-user-ben", "private-user-cid");
        assertThat(inbox.rows()).hasSize(2);
    }

    private static int storeEach(InboxFixture worker, int from) throws UnavailableException {
        for (int n = from; n <= 100; n += 2) {
            worker.storeAndPush(List.of(message(n, NOON)));
        }
        return from;
    }
}
