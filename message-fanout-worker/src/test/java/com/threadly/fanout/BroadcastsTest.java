package com.threadly.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.threadly.events.ConversationMoved;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MembersChannel;
import com.threadly.events.MessageSent;
import com.threadly.events.TypingChanged;
import com.threadly.events.UserErased;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    /** Some hours after the events of most tests. */
    private static final Clock CLOCK = Clock.fixed(NOON.plus(Duration.ofHours(5)), ZoneOffset.UTC);

    private final MovedConversations moved = new MovedConversations();
    private final ErasedParticipants erased = new ErasedParticipants();
    private final Broadcasts broadcasts = new Broadcasts(false, moved, erased, CLOCK);

    @Test
    void aMessageGoesToItsConversationWithoutItsRecipients() {
        PushEvent push = only(broadcasts.of(message("c1", "Is the linen dress still there?", "7.42")));

        assertThat(push.channel()).isEqualTo("private-conversation-c1");
        assertThat(push.name()).isEqualTo("new-message");
        assertThat(push.socketId()).isEqualTo("7.42");
        assertThat(push.data()).isEqualTo("""
                        {"id":"m1","conversationId":"c1","senderId":"ana","content":"Is the linen dress still there?",\
                        "createdAt":"2026-01-01T12:00:00.123Z"}""");
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 10_240, 40_000})
    void aMessageTooLongForOneEventIsCutAndSaysSo(int length) {
        PushEvent push = only(broadcasts.of(message("c1", "é\"".repeat(length / 2), null)));

        assertThat(push.data().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(PushEvent.MAX_DATA_BYTES)
                .isGreaterThan(PushEvent.MAX_DATA_BYTES - 4);
        assertThat(push.data()).endsWith("\"truncated\":true}");
    }

    @Test
    void anEncryptedConversationHasAChannelOfItsOwnAndLessRoom() {
        PushEvent push = only(new Broadcasts(true, new MovedConversations(), erased, CLOCK)
                .of(message("c1", "x".repeat(20_000), null)));

        assertThat(push.channel()).isEqualTo("private-encrypted-conversation-c1");
        assertThat(push.data()).hasSize(PushEvent.MAX_ENCRYPTED_DATA_BYTES);
    }

    @Test
    void controlCharactersAreCleaned() {
        assertThat(only(broadcasts.of(message("c1", "hi\u0000 \uD83D", null))).data())
                .contains("\"content\":\"hi \uFFFD\"");
    }

    @Test
    void aSocketIdThatPusherWouldRefuseIsLeftOut() {
        assertThat(only(broadcasts.of(message("c1", "hi", "not a socket"))).socketId())
                .isNull();
    }

    @Test
    void typingIsWorthlessAfterFiveSeconds() {
        var id = UUID.fromString("25f04283-e980-46a8-b6cc-511ab70f1a46");
        PushEvent push = only(broadcasts.of(new TypingChanged(id, NOON, "c1", "ben", true)));

        assertThat(push.data())
                .isEqualTo("{\"id\":\"" + id + "\",\"conversationId\":\"c1\",\"userId\":\"ben\",\"isTyping\":true}");
        assertThat(push.expiresAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(push.supersedes()).isEqualTo("typing/ben");
    }

    @ParameterizedTest
    @CsvSource({"500, true, false", "999, true, false", "1000, true, true", "1, false, true", "-300, true, false"})
    void typingOfTheSameStateIsPushedOnceASecond(long later, boolean state, boolean pushed) {
        broadcasts.of(new TypingChanged(UUID.randomUUID(), NOON, "c1", "ben", true));
        var event = new TypingChanged(UUID.randomUUID(), NOON.plusMillis(later), "c1", "ben", state);

        assertThat(broadcasts.of(event) instanceof RecordOutcome.Push).isEqualTo(pushed);
        assertThat(broadcasts.of(event) instanceof RecordOutcome.Push)
                .as("the same event again")
                .isEqualTo(pushed);
        assertThat(broadcasts.of(new TypingChanged(UUID.randomUUID(), NOON, "c2", "ben", true)))
                .as("another conversation")
                .isInstanceOf(RecordOutcome.Push.class);
    }

    @Test
    void nothingIsRememberedOfAnIdThatNoChannelMayHave() {
        String huge = "x".repeat(100_000);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(InvalidFieldException.class)
                    .isThrownBy(() -> broadcasts.of(new TypingChanged(UUID.randomUUID(), NOON, "c1", huge, true)));
            assertThatExceptionOfType(InvalidFieldException.class)
                    .isThrownBy(() -> broadcasts.of(new TypingChanged(UUID.randomUUID(), NOON, huge, "ben", true)));
        }
    }

    @Test
    void whoHasStoppedTypingIsForgotten() {
        var pace = new TypingPace();
        for (int i = 0; i < 10_000; i++) {
            var typing = new TypingChanged(UUID.randomUUID(), NOON.plusSeconds(i), "c" + i, "ben", true);
            pace.isNews(typing, typing.getOccurredAt());
        }
        assertThat(pace.size()).isLessThan(1_025);
    }

    @Test
    void thoseWhoTypeWithClocksThatAreAheadDoNotFillTheHeap() {
        var pace = new TypingPace();
        for (int i = 0; i < 120_000; i++) {
            pace.isNews(new TypingChanged(UUID.randomUUID(), NOON, "c" + i, "ben", true), NOON);
        }
        assertThat(pace.size()).isEqualTo(50_000);
    }

    @Test
    void typingThatIsAheadIsOfNow() {
        Instant now = CLOCK.instant();
        PushEvent push =
                only(broadcasts.of(new TypingChanged(UUID.randomUUID(), now.plusSeconds(3_000), "c1", "ben", true)));

        assertThat(push.expiresAt()).isEqualTo(now.plusSeconds(5));
    }

    @Test
    void onceSomebodyHasLeftAMessageIsForItsOwnMembersOnly() {
        moved.put("c1", moved("c1", "ana", "ben"));
        String channel = "private-members-"
                + MembersChannel.of("c1", List.of("ben", "ana")).id();

        assertThat(pushes(broadcasts.of(message("c1", "hi", null))))
                .extracting(PushEvent::channel, PushEvent::name)
                .containsExactly(tuple("private-conversation-c1", "conversation-moved"), tuple(channel, "new-message"));
        assertThat(pushes(broadcasts.of(message("c1", "hi", null))))
                .as("told once")
                .extracting(PushEvent::channel)
                .containsExactly(channel);
        assertThat(pushes(broadcasts.of(message("c2", "hi", null))))
                .as("another conversation")
                .extracting(PushEvent::channel)
                .containsExactly("private-conversation-c2");
    }

    @Test
    void whoIsErasedIsNoMemberWhateverAMessageSays() {
        moved.put("c1", moved("c1", "ana", "ben"));
        erased.put("cleo", new UserErased(UUID.randomUUID(), NOON, "cleo"));
        erased.put("cleo", null);

        assertThat(pushes(broadcasts.of(messageTo("ben", "cleo"))))
                .last()
                .extracting(PushEvent::channel)
                .isEqualTo("private-members-"
                        + MembersChannel.of("c1", List.of("ben", "ana")).id());
    }

    @Test
    void whoJoinsAndWhoLeavesMakesAChannelOfItsOwn() {
        moved.put("c1", moved("c1", "ana", "ben"));
        broadcasts.of(messageTo("ben"));

        List<PushEvent> joined = pushes(broadcasts.of(messageTo("ben", "cleo")));
        assertThat(joined).extracting(PushEvent::name).containsExactly("conversation-moved", "new-message");
        assertThat(joined.getFirst().data())
                .isEqualTo(
                        "{\"conversationId\":\"c1\",\"channel\":\"%s\"}",
                        joined.getLast().channel());
        assertThat(pushes(broadcasts.of(messageTo("ben"))).getLast().channel())
                .isNotEqualTo(joined.getLast().channel());
    }

    @Test
    void aMessageThatCameLateIsNotForThoseWhoJoinedSince() {
        moved.put("c1", moved("c1", "ana", "ben", "cleo"));

        assertThat(pushes(broadcasts.of(message("c1", "hi", null))).getLast().channel())
                .isEqualTo("private-members-"
                        + MembersChannel.of("c1", List.of("ana", "ben")).id());
    }

    @Test
    void typingIsForTheLatestKnownMembers() {
        moved.put("c1", moved("c1", "ana", "ben", "cleo"));
        broadcasts.of(messageTo("ben"));

        assertThat(pushes(broadcasts.of(new TypingChanged(UUID.randomUUID(), NOON, "c1", "ben", true))))
                .extracting(PushEvent::channel)
                .containsExactly("private-members-"
                        + MembersChannel.of("c1", List.of("ana", "ben")).id());
    }

    @Test
    void anEncryptedConversationThatSomebodyHasLeftStaysEncrypted() {
        moved.put("c1", moved("c1", "ana", "ben"));
        List<PushEvent> pushes =
                pushes(new Broadcasts(true, moved, erased, CLOCK).of(message("c1", "x".repeat(20_000), null)));

        assertThat(pushes)
                .extracting(PushEvent::channel)
                .containsExactly(
                        "private-encrypted-conversation-c1",
                        "private-encrypted-members-"
                                + MembersChannel.of("c1", List.of("ana", "ben")).id());
        assertThat(pushes.getLast().data()).hasSize(PushEvent.MAX_ENCRYPTED_DATA_BYTES);
    }

    @Test
    void aConversationWhoseMoveIsForgottenIsInItsFirstChannel() {
        moved.put("c1", moved("c1", "ana", "ben"));
        moved.put("c1", null);

        assertThat(pushes(broadcasts.of(message("c1", "hi", null))))
                .extracting(PushEvent::channel)
                .containsExactly("private-conversation-c1");
    }

    @ParameterizedTest
    @CsvSource({"'',conversationId is empty", "a b,conversationId has a character that no channel name may have"})
    void anIdThatNoChannelCanHaveIsInvalid(String conversationId, String problem) {
        assertThat(RecordOutcome.of(() -> broadcasts.of(message(conversationId, "hi", null))))
                .isEqualTo(new RecordOutcome.Invalid(problem));
    }

    private static MessageSent message(String conversationId, String content, @Nullable String socketId) {
        return new MessageSent(
                UUID.randomUUID(), NOON, "m1", conversationId, "ana", List.of("ben"), "Ana", content, socketId);
    }

    private static MessageSent messageTo(String... recipients) {
        return new MessageSent(UUID.randomUUID(), NOON, "m1", "c1", "ana", List.of(recipients), "Ana", "hi", null);
    }

    private static ConversationMoved moved(String conversationId, String... members) {
        return new ConversationMoved(
                UUID.randomUUID(),
                NOON,
                conversationId,
                MembersChannel.of(conversationId, List.of(members)).key());
    }

    private static List<PushEvent> pushes(RecordOutcome effect) {
        return assertThat(effect)
                .asInstanceOf(type(RecordOutcome.Push.class))
                .actual()
                .events();
    }

    private static PushEvent only(RecordOutcome effect) {
        assertThat(effect).isInstanceOf(RecordOutcome.Push.class);
        return assertThat(effect)
                .asInstanceOf(type(RecordOutcome.Push.class))
                .actual()
                .events()
                .getFirst();
    }
}
