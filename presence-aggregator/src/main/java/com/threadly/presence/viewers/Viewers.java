package com.threadly.presence.viewers;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.store.Keys;
import com.threadly.presence.viewers.ViewerStore.GroupId;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the viewers of the channels of one partition.
 *
 * <p>An event counts while it can matter, whenever it arrives: for the distinct users while its time is within the
 * current window, for presence while it is younger than the timeout. Older events change nothing and are not kept.
 *
 * <p>A channel's count is published when it differs from the last published one, at most once per push interval; the
 * latest wins. When all viewers are gone, zero is published once, and after the interval the count is removed. When the
 * last viewer is forgotten, so is the channel.
 */
public final class Viewers {

    /** Maximum work per tick, so that records do not wait; the rest follows in the next tick. */
    private static final int TICK_LIMIT = 10_000;

    private final ViewerStore store;
    private final ViewerTimings times;
    private final CountListener counts;
    private final PendingCounts soon = new PendingCounts();

    public Viewers(KeyValueStore<Bytes, byte[]> store, ViewerTimings times, CountListener counts) {
        this.store = new ViewerStore(store);
        this.times = times;
        this.counts = counts;
        this.store.reads().channelsWithNews().forEach(name -> soon.add(name, 0));
    }

    /**
     * Applies one event; false when it came too late to change anything. A heartbeat refreshes a member, and makes
     * nobody one.
     */
    public boolean accept(PresenceSignal withPublished, long now) {
        PresenceSignal signal = withPublished.notAfter(now);
        if (!times.matters(signal, now)) {
            return false;
        }
        String name = signal.channel();
        byte[] userId = Keys.utf8(signal.userId());
        ChannelState channel = store.reads().channel(name);
        int number = LinearHashing.groupOf(userId, channel.groups());
        MemberBucket group = store.reads().group(name, channel, number);
        Member before = group.member(userId);
        if (signal.isHeartbeat() && !before.at(now, times).isPresent()) {
            return true;
        }
        Member after = before.after(signal).at(now, times);
        if (!after.equals(before)) {
            MemberBucket with = group.with(userId, after).dueBy(after.nextAt(times));
            ChannelState changed =
                    store.replaceGroup(name, channel.changed(before, after, times, now), number, group, with);
            ChannelState settled =
                    LinearHashing.isTight(changed.known(), changed.groups()) ? store.grown(name, changed) : changed;
            store.replace(name, channel, settled.dueBy(settled.panesOverAt(times)));
            countSoon(name, settled, now);
        }
        return true;
    }

    /** Handles what is due: forgets members, then counts channels, each once. */
    public void tick(long now) {
        store.takeDue(now, TICK_LIMIT).stream()
                .collect(groupingBy(GroupId::channel, LinkedHashMap::new, mapping(GroupId::number, toList())))
                .forEach((name, groups) -> age(name, groups, now));
        for (String name : soon.takeDue(now, TICK_LIMIT)) {
            ChannelState channel = store.reads().channel(name);
            if (channel.hasNews()) {
                count(name, channel, channel, now);
            }
        }
    }

    /** Removes due members, and counts the rest. */
    private void age(String name, List<Integer> due, long now) {
        ChannelState before = store.reads().channel(name);
        ChannelState after = before;
        for (int number : due) {
            after = withoutTheGone(name, after, LinearHashing.heirOf(number, after.groups()), now);
        }
        if (!after.equals(before)) {
            count(name, before, after, now);
        }
    }

    /** Returns the channel unchanged if its group is not due: earlier index entries still arrive. */
    private ChannelState withoutTheGone(String name, ChannelState channel, int number, long now) {
        MemberBucket before = store.reads().group(name, channel, number);
        if (before.dueAt() > now) {
            return channel;
        }
        MemberBucket after = before.at(now, times);
        ChannelState aged = store.replaceGroup(name, channel, number, before, after)
                .fewer(before.known() - after.known(), before.present() - after.present());
        while (LinearHashing.isWide(aged.known(), aged.groups())) {
            aged = store.shrunk(name, aged);
        }
        return aged;
    }

    /** Publishes the count, if it is new and the interval is over; writes the channel, or removes it. */
    private void count(String name, ChannelState before, ChannelState after, long now) {
        ChannelState current =
                withPublished(name, after.since(times.windowAt(now).start()), now);
        countSoon(name, current, now);
        if (current.isEmpty() && !current.wasPublished()) {
            store.remove(name);
        } else {
            store.replace(
                    name, before, current.dueBy(current.panesOverAt(times)).dueBy(current.overAt(times)));
        }
    }

    private ChannelState withPublished(String name, ChannelState channel, long now) {
        if (channel.hasNews() && times.nextCountAt(channel.publishedAt()) <= now) {
            counts.taken(new CountTaken(name, channel.count(), times.windowAt(now), now));
            return channel.withPublished(now);
        }
        // Not at once, so that a user who joins then does not break the interval.
        if (channel.overAt(times) <= now) {
            counts.over(name);
            return channel.over();
        }
        return channel;
    }

    private void countSoon(String name, ChannelState channel, long now) {
        if (channel.hasNews()) {
            soon.add(name, Math.max(now, times.nextCountAt(channel.publishedAt())));
        }
    }
}
