package com.threadly.presence.viewers;

import com.threadly.presence.sighting.Sighting;
import com.threadly.presence.store.Agenda;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the viewers of the channels of one partition.
 *
 * <p>An event counts for as long as it can matter, whenever it arrives: for the distinct users while its time is within
 * the current window, for who is present while it is younger than the timeout. What is older changes nothing, so what
 * is that old is not kept.
 *
 * <p>A channel's count is told when it differs from the one told before, at most once in the push interval, the latest
 * wins. When all its viewers are gone it is told as zero, once, and after the interval the channel is over and forgotten.
 */
public final class Viewers {

    /** A tick's share of work, so that records are not kept waiting; the rest is for the next tick. */
    private static final int TICK_LIMIT = 10_000;

    private final ViewerStore store;
    private final Times times;
    private final Counts counts;
    private final Soon soon = new Soon();

    public Viewers(KeyValueStore<Bytes, byte[]> store, Times times, Counts counts) {
        this.store = new ViewerStore(store);
        this.times = times;
        this.counts = counts;
        this.store.reads().changedChannels().forEach(name -> soon.add(name, 0));
    }

    /** Takes in one event; false when it came too late to change anything. */
    public boolean accept(Sighting told, long now) {
        Sighting sighting = told.notAfter(now);
        var known = store.reads().member(sighting.channel(), sighting.userId());
        boolean inTime = times.forgottenAt(sighting.at()) > now;
        long joined = inTime ? updateMember(known, sighting) : 0;
        boolean inWindow =
                sighting.here() && sighting.at() >= times.windowAt(now).start();
        boolean newInPane = inWindow && !isInPane(known, sighting);
        if (joined != 0 || newInPane) {
            change(sighting.channel(), joined, newInPane ? Optional.of(sighting) : Optional.empty(), now);
        }
        return inTime || inWindow;
    }

    /** Does what has become due: forgets members, then counts channels. */
    public void tick(long now) {
        store.takeMembersDue(now, TICK_LIMIT).forEach(member -> forgetOrWait(member, now));
        store.takeChannelsDue(now, TICK_LIMIT).forEach(name -> countDue(name, now));
        soon.takeDue(now, TICK_LIMIT).forEach(name -> countChanged(name, now));
    }

    private void countDue(String name, long now) {
        Channel channel = store.reads().channel(name).dueAt(Agenda.NEVER);
        long allowed = times.nextCountAt(channel.shownAt());
        if (allowed > now) {
            store.replace(name, channel, channel.dueAt(allowed));
        } else {
            count(name, channel, now);
        }
    }

    private void countChanged(String name, long now) {
        Channel channel = store.reads().channel(name);
        long allowed = times.nextCountAt(channel.shownAt());
        if (!channel.changed()) {
            return;
        }
        if (allowed > now) {
            soon.add(name, allowed);
        } else {
            count(name, channel, now);
        }
    }

    /** How many more, or fewer, are present for it: 1, 0 or -1. */
    private long updateMember(Optional<Member> known, Sighting sighting) {
        Member before = known.orElse(Member.UNKNOWN);
        Member after = before.after(sighting);
        if (!after.equals(before)) {
            store.put(sighting.channel(), sighting.userId(), after);
        }
        if (known.isEmpty()) {
            // One entry a member: when its time comes, it is put off if the member was heard of since.
            store.forgetAt(times.forgottenAt(after.lastHeardOf()), sighting.channel(), sighting.userId());
        }
        return Boolean.compare(after.isPresent(), before.isPresent());
    }

    /** Most signs are heartbeats: whoever was seen in the same pane is in it, and the sketch need not be asked. */
    private boolean isInPane(Optional<Member> known, Sighting sighting) {
        return known.filter(member -> times.paneOf(member.seenAt()) == times.paneOf(sighting.at()))
                .isPresent();
    }

    private void change(String name, long joined, Optional<Sighting> seen, long now) {
        Channel before = store.reads().channel(name);
        Channel joinedBy = joined == 0 ? before : before.joined(joined);
        Channel after = seen.map(sighting -> addToPane(joinedBy, sighting)).orElse(joinedBy);
        store.replace(name, before, after);
        if (after.changed()) {
            soon.add(name, Math.max(now, times.nextCountAt(after.shownAt())));
        }
    }

    private Channel addToPane(Channel channel, Sighting sighting) {
        long start = times.paneOf(sighting.at());
        return store.reads()
                .pane(sighting.channel(), channel, start)
                .with(sighting.userId())
                .map(pane -> store.with(sighting.channel(), channel, start, pane))
                .orElse(channel);
    }

    private void forgetOrWait(ViewerStore.MemberId id, long now) {
        store.reads().member(id.channel(), id.userId()).ifPresent(member -> {
            long at = times.forgottenAt(member.lastHeardOf());
            if (at > now) {
                store.forgetAt(at, id.channel(), id.userId());
                return;
            }
            store.removeMember(id.channel(), id.userId());
            if (member.isPresent()) {
                change(id.channel(), -1, Optional.empty(), now);
            }
        });
    }

    private void count(String name, Channel before, long now) {
        Window window = times.windowAt(now);
        Channel current = store.since(name, before, window.start());
        var count = new Count(store.reads().distinctUsers(name, current), current.present());
        boolean news = !count.equals(current.shown());
        if (news) {
            counts.taken(new CountTaken(name, count, window, now));
        }
        Channel after = news ? current.told(count, now) : current;
        long nextAllowed = times.nextCountAt(after.shownAt());
        if (!count.equals(Count.NONE)) {
            store.replace(name, before, after.counted(nextDue(after, nextAllowed)));
        } else if (nextAllowed > now) {
            // Kept until then, so that whoever joins next does not break the interval.
            store.replace(name, before, after.counted(Math.min(after.dueAt(), nextAllowed)));
        } else {
            store.remove(name, before);
            if (after.wasTold()) {
                counts.over(name);
            }
        }
    }

    /** When the oldest pane is over; what was due before that stays so, and finds little to do. */
    private long nextDue(Channel channel, long nextAllowed) {
        return channel.panes().isEmpty()
                ? channel.dueAt()
                : Math.min(
                        channel.dueAt(),
                        Math.max(nextAllowed, times.paneOverAt(channel.panes().firstKey())));
    }
}
