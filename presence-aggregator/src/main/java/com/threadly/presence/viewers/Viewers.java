package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.Keys;
import com.threadly.presence.store.StoredBytes;
import com.threadly.presence.timing.TimingWheel;
import com.threadly.presence.timing.WorkBudget;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the viewers of the channels of one partition.
 *
 * <p>Time is that of the partition's records, so the same records lead to the same counts, whenever they are read: what
 * is due happens before a later record does, and as of its own time.
 *
 * <p>The number present is published when it changes, at most once per push interval; the latest wins. A window that is
 * closed is published when its distinct users differ from those of the window before. When all viewers are gone, zero
 * is published once, and then the count is removed. When the last viewer is forgotten, so is the channel.
 *
 * <p>All of it is in the heap. The store has the same viewers and what was published; the rest follows from that.
 */
public final class Viewers {

    private final ViewerStore store;
    private final ViewerTimings times;
    private final CountListener counts;
    private final WorkBudget budget;
    private final TimingWheel wheel = new TimingWheel();
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<Viewer, Viewer> viewers = new HashMap<>();

    /** For lookups, so that they create no objects. */
    private final Viewer probe;

    /** Of an earlier layout, or one that is not known: to be removed with the first record. */
    private final List<Bytes> outdated = new ArrayList<>();

    private long now;

    /** Whether something that was due before now is still waiting. */
    private boolean isBehind;

    public Viewers(KeyValueStore<Bytes, byte[]> store, ViewerTimings times, WorkBudget budget, CountListener counts) {
        this.store = new ViewerStore(store);
        this.times = times;
        this.budget = budget;
        this.counts = counts;
        this.probe = new Viewer(null, new Channel(this, ""), "");
        this.now = ViewerStore.clock(store);
        rebuild();
    }

    private void rebuild() {
        try (var all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (!read(entry.key, entry.value) && !entry.key.equals(ViewerStore.CLOCK)) {
                    outdated.add(entry.key);
                }
            }
        }
        if (now == Viewer.NO_TIME && !outdated.isEmpty()) {
            // An earlier layout has no time of its own.
            now = Math.max(
                    viewers.keySet().stream()
                            .mapToLong(Viewer::lastHeardOf)
                            .max()
                            .orElse(Viewer.NO_TIME),
                    channels.values().stream()
                            .mapToLong(channel -> channel.publishedAt)
                            .max()
                            .orElse(Viewer.NO_TIME));
        }
        for (Viewer viewer : viewers.keySet()) {
            Channel channel = viewer.channel;
            channel.known++;
            channel.present += viewer.isPresent() ? 1 : 0;
            see(viewer, Viewer.NO_TIME, now);
            schedule(viewer);
        }
        for (Channel channel : channels.values()) {
            if (channel.isOver()) {
                // Removed with the first record: a task that starts must not write.
                wheel.schedule(channel, now);
            } else {
                schedule(channel, now);
            }
        }
    }

    private boolean read(Bytes key, byte[] bytes) {
        char kind = Keys.kind(key);
        if (FormerViewers.isOne(kind)) {
            FormerViewers.read(key, bytes, this::channel, this::viewer);
            return false;
        }
        ByteBuffer value = StoredBytes.read(bytes);
        if (value == null) {
            return false;
        }
        switch (kind) {
            case ViewerStore.VIEWER ->
                ViewerStore.read(viewer(channel(Keys.firstName(key)), Keys.secondName(key)), value);
            case ViewerStore.CHANNEL -> ViewerStore.read(channel(Keys.name(key)), value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What was read in another layout is written in this one. */
    private void convert() {
        outdated.forEach(store::remove);
        outdated.clear();
        viewers.keySet().forEach(store::put);
        channels.values().forEach(store::put);
    }

    /** Applies one signal of a record appended at {@code at}; false when it came too late to change anything. */
    public boolean accept(PresenceSignal signal, long at) {
        passTo(at);
        if (signal.sign().isTime()) {
            writeClock();
            return true;
        }
        if (!signal.sign().isOfUser()) {
            listen(signal);
            return true;
        }
        if (!times.matters(signal, now)) {
            return false;
        }
        Channel channel = channel(signal.channel());
        Viewer viewer = viewer(channel, signal.userId());
        boolean isNew = viewer.lastHeardOf() == Viewer.NO_TIME;
        boolean wasPresent = viewer.isPresent();
        long seenAt = viewer.seenAt();
        if (viewer.apply(signal)) {
            if (viewer.isPresent() && times.goneAt(viewer.seenAt()) <= now) {
                viewer.expire();
            }
            channel.known += isNew ? 1 : 0;
            channel.present += Boolean.compare(viewer.isPresent(), wasPresent);
            see(viewer, seenAt, now);
            store.put(viewer);
            schedule(viewer);
            settle(channel, now);
        }
        return true;
    }

    /** Handles what is due, if there was no time for it before. */
    public void catchUp() {
        isBehind = !budget.run(wheel, now);
    }

    private void passTo(long at) {
        if (!outdated.isEmpty()) {
            convert();
        }
        if (at <= now) {
            return;
        }
        isBehind = !budget.run(wheel, at);
        boolean isNextPane = times.paneOf(at) != times.paneOf(now);
        now = at;
        if (isNextPane) {
            writeClock();
        }
    }

    /** A restart closes no window up to this time again. */
    private void writeClock() {
        if (!isBehind) {
            store.putClock(now);
        }
    }

    private void listen(PresenceSignal signal) {
        boolean isBegin = signal.sign() == Signal.OCCUPIED;
        if (!isBegin && !channels.containsKey(signal.channel())) {
            return;
        }
        Channel channel = channel(signal.channel());
        if (signal.at() >= channel.listenersAt) {
            channel.listenersAt = signal.at();
            channel.listeners = isBegin ? Channel.Listeners.SOME : Channel.Listeners.NONE;
            channel.asked = isBegin;
            store.put(channel);
        }
        settle(channel, now);
    }

    private Channel channel(String name) {
        Channel channel = channels.get(name);
        if (channel == null) {
            channel = new Channel(this, name);
            channels.put(name, channel);
        }
        return channel;
    }

    private Viewer viewer(Channel channel, String userId) {
        probe.channel = channel;
        probe.userId = userId;
        Viewer viewer = viewers.get(probe);
        if (viewer == null) {
            viewer = new Viewer(this, channel, userId);
            viewers.put(viewer, viewer);
        }
        return viewer;
    }

    /** Moves the viewer to the pane in which it was seen last. */
    private void see(Viewer viewer, long before, long at) {
        Channel channel = viewer.channel;
        long from = times.paneOf(before);
        long to = times.paneOf(viewer.seenAt());
        if (from == to) {
            return;
        }
        channel.panes = channel.panes.oneFewerIn(from);
        if (to >= times.windowAt(at).start()) {
            channel.panes = channel.panes.oneMoreIn(to);
        }
        channel.panesChanged = true;
    }

    private void schedule(Viewer viewer) {
        wheel.schedule(
                viewer, viewer.isPresent() ? times.goneAt(viewer.seenAt()) : times.forgottenAt(viewer.lastHeardOf()));
    }

    /** The viewer's time has come: it is gone, or forgotten, unless it was seen again. */
    void age(Viewer viewer, long due) {
        long at = Math.max(due, now);
        Channel channel = viewer.channel;
        if (viewer.isPresent()) {
            if (times.goneAt(viewer.seenAt()) <= at) {
                viewer.expire();
                channel.present--;
                store.put(viewer);
                wheel.schedule(channel, due);
            }
        } else if (times.forgottenAt(viewer.lastHeardOf()) <= at) {
            viewers.remove(viewer);
            channel.known--;
            store.remove(viewer);
            wheel.schedule(channel, due);
            return;
        }
        schedule(viewer);
    }

    /** The channel's time has come. */
    void due(Channel channel, long due) {
        if (times.isBoundary(due)) {
            close(channel, due);
        }
        settle(channel, Math.max(due, now));
    }

    /** Publishes what there is to publish, and schedules what comes next. */
    private void settle(Channel channel, long at) {
        if (channel.hasNews() && times.nextCountAt(channel.publishedAt) <= at) {
            Window window = times.windowAt(at);
            channel.publishedPresent = channel.present;
            channel.publishedAt = at;
            publish(channel, channel.panes.totalBetween(window.start(), window.end()), window, at, channel.isHeard());
            channel.asked = false;
            store.put(channel);
        } else if (channel.published && channel.isQuiet() && times.nextCountAt(channel.publishedAt) <= at) {
            // Not at once, so that a user who joins then does not break the interval.
            counts.over(channel.name, at);
            channel.published = false;
            store.put(channel);
        }
        schedule(channel, at);
    }

    private void close(Channel channel, long end) {
        Window window = times.windowUntil(end);
        channel.panes = channel.panes.since(window.start());
        channel.panesChanged = false;
        long distinct = channel.panes.totalBetween(window.start(), end);
        if (distinct != channel.publishedDistinct) {
            channel.publishedDistinct = distinct;
            publish(channel, distinct, window, end, false);
            store.put(channel);
        }
    }

    /** A window that is closed does not change the number present, which has an interval of its own. */
    private void publish(Channel channel, long distinct, Window window, long at, boolean push) {
        channel.published = true;
        counts.taken(new CountTaken(channel.name, new Count(distinct, channel.publishedPresent), window, at, push));
    }

    private void schedule(Channel channel, long at) {
        if (channel.hasNews() || (channel.published && channel.isQuiet())) {
            wheel.schedule(channel, times.nextCountAt(channel.publishedAt));
        }
        if (channel.panesChanged) {
            wheel.schedule(channel, times.boundaryAfter(at));
        } else if (!channel.panes.isEmpty()) {
            wheel.schedule(channel, times.paneOverAt(channel.panes.first()));
        } else if (channel.isOver()) {
            channel.cancel();
            channels.remove(channel.name);
            store.remove(channel);
        }
    }
}
