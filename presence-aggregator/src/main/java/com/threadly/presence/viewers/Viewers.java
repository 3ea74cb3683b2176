package com.threadly.presence.viewers;

import com.threadly.presence.sighting.Sighting;
import com.threadly.presence.store.Agenda;
import java.util.Optional;
import java.util.SequencedMap;
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

    public Viewers(KeyValueStore<Bytes, byte[]> store, Times times, Counts counts) {
        this.store = new ViewerStore(store);
        this.times = times;
        this.counts = counts;
    }

    /** Takes in one event; false when it came too late to change anything. */
    public boolean accept(Sighting told, long now) {
        Sighting sighting = told.notAfter(now);
        var known = store.member(sighting.channel(), sighting.userId());
        boolean inTime = times.forgottenAt(sighting.at()) > now;
        long joined = inTime ? updateMember(known, sighting) : 0;
        boolean inWindow =
                sighting.here() && sighting.at() >= times.windowAt(now).start();
        boolean newInPane = inWindow && !isInPane(known, sighting) && addToPane(sighting);
        if (joined != 0 || newInPane) {
            change(sighting.channel(), joined, now);
        }
        return inTime || inWindow;
    }

    /** Does what has become due: forgets members, then counts channels. */
    public void tick(long now) {
        store.takeMembersDue(now, TICK_LIMIT).forEach(member -> forgetOrWait(member, now));
        store.takeChannelsDue(now, TICK_LIMIT).forEach(channel -> count(channel, now));
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

    private boolean addToPane(Sighting sighting) {
        long start = times.paneOf(sighting.at());
        var more = store.pane(sighting.channel(), start).with(sighting.userId());
        more.ifPresent(pane -> store.put(sighting.channel(), start, pane));
        return more.isPresent();
    }

    private void change(String name, long joined, long now) {
        Channel before = store.channel(name);
        store.replace(name, before, before.changed(joined, now, times));
    }

    private void forgetOrWait(ViewerStore.MemberId id, long now) {
        store.member(id.channel(), id.userId()).ifPresent(member -> {
            long at = times.forgottenAt(member.lastHeardOf());
            if (at > now) {
                store.forgetAt(at, id.channel(), id.userId());
                return;
            }
            store.removeMember(id.channel(), id.userId());
            if (member.isPresent()) {
                change(id.channel(), -1, now);
            }
        });
    }

    private void count(String name, long now) {
        Window window = times.windowAt(now);
        SequencedMap<Long, Pane> panes = store.panesSince(name, window.start());
        Channel before = store.channel(name);
        Count count = new Count(Pane.distinctUsers(panes.values()), before.present());
        boolean changed = !count.equals(before.shown());
        if (changed) {
            counts.taken(new CountTaken(name, count, window, now));
        }
        Channel after = changed ? before.told(count, now) : before;
        long nextAllowed = times.nextCountAt(after.shownAt());
        if (!count.equals(Count.NONE)) {
            long next = panes.isEmpty()
                    ? Agenda.NEVER
                    : Math.max(nextAllowed, times.paneOverAt(panes.firstEntry().getKey()));
            store.replace(name, before, after.dueAt(next));
        } else if (nextAllowed > now) {
            // Kept until then, so that whoever joins next does not break the interval.
            store.replace(name, before, after.dueAt(nextAllowed));
        } else {
            store.remove(name, before);
            if (after.wasTold()) {
                counts.over(name);
            }
        }
    }
}
