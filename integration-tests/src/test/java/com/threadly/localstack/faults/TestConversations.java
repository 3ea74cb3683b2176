package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A test's own conversations: it publishes messages, and a member of all of them listens. Thread-safe; one thread at a
 * time publishes.
 */
final class TestConversations implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    /** Limit of messages in flight: enough to fill batches, few enough to be in the middle of traffic. */
    private static final int WINDOW = 200;

    private final List<String> conversations;
    private final MessageService service;
    private final ConversationMember member;
    private final int[] next;
    private final List<AcknowledgedMessage> sent = new ArrayList<>();
    private final List<Message> seen = new ArrayList<>();
    private final Set<Message> distinct = new HashSet<>();
    private int turn;
    private volatile boolean talking;
    private @Nullable CompletableFuture<Void> talker;

    TestConversations(List<String> conversations, MessageService service, Rig rig) {
        this.conversations = conversations;
        this.service = service;
        this.next = new int[conversations.size()];
        this.member = ConversationMember.of(conversations, rig, this::saw);
    }

    /** Publishes the next {@code count} messages, to one conversation after the other; returns once they are stored. */
    void say(int count) {
        say(count, "hello");
    }

    /** Like {@link #say(int)}, all with {@code content}. */
    List<Message> say(int count, String content) {
        List<CompletableFuture<AcknowledgedMessage>> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stored.add(service.send(nextMessage(), content));
        }
        service.flush();
        List<AcknowledgedMessage> all =
                stored.stream().map(CompletableFuture::join).toList();
        synchronized (this) {
            sent.addAll(all);
        }
        return all.stream().map(AcknowledgedMessage::message).toList();
    }

    /** Publishes everything again: the same events at later offsets. */
    void repeatEverything() {
        List<Message> all;
        synchronized (this) {
            all = sent.stream().map(AcknowledgedMessage::message).toList();
        }
        List<CompletableFuture<AcknowledgedMessage>> stored =
                all.stream().map(message -> service.send(message, "hello")).toList();
        service.flush();
        stored.forEach(CompletableFuture::join);
    }

    /** In the conversation whose turn it is. */
    Message nextMessage() {
        int index = turn++ % conversations.size();
        return new Message(conversations.get(index), next[index]++);
    }

    /** Someone else has published {@code message}. */
    synchronized void said(AcknowledgedMessage message) {
        sent.add(message);
    }

    /** Keeps publishing, as fast as messages are delivered, until {@link #fallSilent}. */
    void keepTalking() {
        talking = true;
        // A separate thread: the common pool reports the exit of processes.
        talker = CompletableFuture.runAsync(
                () -> {
                    while (awaitRoom()) {
                        say(conversations.size());
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    void fallSilent() {
        synchronized (this) {
            talking = false;
            notifyAll();
        }
        if (talker != null) {
            talker.join();
        }
    }

    /** Whether there is room; never after {@link #fallSilent}. */
    private synchronized boolean awaitRoom() {
        try {
            while (talking && sent.size() - distinct.size() >= WINDOW) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return talking;
    }

    private synchronized void saw(Message message) {
        seen.add(message);
        if (distinct.add(message)) {
            notifyAll();
        }
    }

    synchronized Set<Message> seen() {
        return Set.copyOf(distinct);
    }

    synchronized int arrived() {
        return distinct.size();
    }

    /** Until {@code more} messages have arrived since this was called. */
    void awaitMore(int more) {
        int before = arrived();
        await().atMost(LIMIT)
                .failFast(this::throwIfTalkingFailed)
                .untilAsserted(() -> assertThat(arrived()).as(this::standing).isGreaterThanOrEqualTo(before + more));
    }

    private void throwIfTalkingFailed() {
        if (talker != null && talker.isCompletedExceptionally()) {
            talker.join();
        }
    }

    private synchronized String standing() {
        return String.format(Locale.ROOT, "arrived of %d sent, without %s", sent.size(), lost(List.of()));
    }

    /** Until everything has arrived but {@code spoiled}. */
    void awaitAllBut(List<Message> spoiled) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(lost(spoiled)).as("not arrived").isEmpty());
    }

    void awaitAll() {
        awaitAllBut(List.of());
    }

    private synchronized List<Message> lost(List<Message> spoiled) {
        return sent.stream()
                .map(AcknowledgedMessage::message)
                .filter(message -> !distinct.contains(message) && !spoiled.contains(message))
                .toList();
    }

    /** Messages at or past the {@code committed} offsets. */
    synchronized Set<Message> notIn(Map<TopicPartition, Long> committed) {
        return sent.stream()
                .filter(one -> one.offset() >= committed.getOrDefault(one.partition(), 0L))
                .map(AcknowledgedMessage::message)
                .collect(Collectors.toSet());
    }

    /** Call this when all workers have stopped: when it returns, everything that they pushed was seen. */
    void verify(Guarantee... promises) {
        verifyAllBut(List.of(), promises);
    }

    void verifyAllBut(List<Message> spoiled, Guarantee... promises) {
        member.awaitWhatIsOnItsWay();
        Account account = account(spoiled);
        List<String> broken = Arrays.stream(promises)
                .flatMap(promise -> promise.broken(account).stream())
                .toList();
        assertThat(broken).as("promises broken").isEmpty();
    }

    private synchronized Account account(List<Message> spoiled) {
        return new Account(
                sent.stream()
                        .map(AcknowledgedMessage::message)
                        .filter(message -> !spoiled.contains(message))
                        .toList(),
                seen);
    }

    @Override
    public void close() {
        fallSilent();
        member.close();
    }
}
