package com.threadly.pipeline;

import com.threadly.runtime.health.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether a group member has its share of the partitions. One without any may be waiting for those of a dead member
 * whose session has not expired, or there are more members than partitions: only the broker knows, and it is asked
 * outside the consumer's thread.
 */
final class GroupMembership implements HealthCheck {

    /**
     * The member's state.
     *
     * @param trouble why no partitions are assigned although some should be
     * @param note information for operators that is not a problem
     */
    private record Share(@Nullable String trouble, @Nullable String note) {}

    private static final Share NOT_JOINED = new Share("has not joined its group yet", null);
    private static final Share NONE = new Share("has no partitions yet", null);
    private static final Share SOME = new Share(null, null);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    private static final int TIMEOUT_MS = 5_000;

    private final Map<String, Object> adminConfig;
    private final String group;
    private final List<String> topics;
    private volatile Share share = NOT_JOINED;
    private volatile boolean everJoined;
    private boolean asking;
    private long nextQuestion = System.nanoTime();

    GroupMembership(Map<String, Object> adminConfig, String group, List<String> topics) {
        this.adminConfig = adminConfig;
        this.group = group;
        this.topics = topics;
    }

    /** Why it has no partitions although it should. */
    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(share.trouble());
    }

    /** That it is a spare member, if it is. */
    Optional<String> note() {
        return Optional.ofNullable(share.note());
    }

    /** Whether it has ever joined the group. */
    boolean everJoined() {
        return everJoined;
    }

    /** Call after each poll, with the consumer's own state. */
    synchronized void update(ConsumerGroupMetadata member, Set<TopicPartition> assigned) {
        boolean joined = member.generationId() > 0;
        everJoined |= joined;
        if (!joined) {
            share = NOT_JOINED;
        } else if (!assigned.isEmpty()) {
            share = SOME;
        } else {
            if (share.equals(NOT_JOINED) || share.equals(SOME)) {
                share = NONE;
                nextQuestion = System.nanoTime();
            }
            askWhenDue(member.memberId());
        }
    }

    private void askWhenDue(String memberId) {
        if (asking || System.nanoTime() - nextQuestion < 0) {
            return;
        }
        asking = true;
        Share before = share;
        Thread.ofVirtual().name("membership").start(() -> answered(before, ask(memberId)));
    }

    /** Partitions may have been assigned since the request was sent. */
    private synchronized void answered(Share before, Share answer) {
        asking = false;
        nextQuestion = System.nanoTime() + BETWEEN_QUESTIONS.toNanos();
        if (share.equals(before)) {
            share = answer;
        }
    }

    private Share ask(String memberId) {
        try (Admin admin = Admin.create(adminConfig)) {
            ConsumerGroupDescription members = admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .get(group);
            Set<TopicPartition> free = partitions(admin);
            int all = free.size();
            if (members == null) {
                return NONE;
            }
            // The broker has assigned partitions, which have not arrived yet.
            members.members().stream()
                    .filter(member -> !member.consumerId().equals(memberId))
                    .forEach(member -> free.removeAll(member.assignment().topicPartitions()));
            return members.groupState() == GroupState.STABLE && free.isEmpty()
                    ? new Share(
                            null,
                            String.format(Locale.ROOT, "a spare: all %d partitions are assigned to other members", all))
                    : new Share(
                            String.format(
                                    Locale.ROOT,
                                    "has no partitions yet: its group is %s, and %d of %d partitions are not assigned"
                                            + " to others; those of a member that ended without leaving follow when its"
                                            + " session times out",
                                    members.groupState(),
                                    free.size(),
                                    all),
                            null);
        } catch (ExecutionException e) {
            return new Share("has no partitions yet, and the broker gave no reason: " + e.getCause(), null);
        } catch (KafkaException | TimeoutException e) {
            return new Share("has no partitions yet, and the broker gave no reason: " + e, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }

    private Set<TopicPartition> partitions(Admin admin)
            throws ExecutionException, TimeoutException, InterruptedException {
        return admin.describeTopics(topics).allTopicNames().get(TIMEOUT_MS, TimeUnit.MILLISECONDS).values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toSet());
    }
}
