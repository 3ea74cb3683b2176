package com.threadly.presence.users;

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
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Determines the statuses of the users of one partition.
 *
 * <p>A user is online while active on any channel, else away while on any, and offline when on none for longer than a
 * reload takes. The status follows from all signals together, in any order of arrival; one older than the timeout
 * changes nothing.
 *
 * <p>Of an erased user nothing is kept but that they are erased, whatever signals come.
 *
 * <p>Time passes when it has passed in all partitions that signals come from. Users on a channel are in the heap and in
 * the store, others only there.
 */
public final class Users {

    /** At a time, so that records do not wait. */
    private static final int FORGET_LIMIT = 1_000;

    private final UserStore store;
    private final StatusTimings times;
    private final WorkBudget budget;
    private final StatusListener statuses;
    private final SourceClocks clocks;
    private final TimingWheel wheel = new TimingWheel();
    private final Map<String, User> here = new HashMap<>();

    /** Of an earlier layout, or one that is not known: to be removed with the first record. */
    private final List<Bytes> outdated = new ArrayList<>();

    private long now;

    /** @param sources number of partitions that signals come from; 0 while it is not known */
    public Users(
            KeyValueStore<Bytes, byte[]> store,
            StatusTimings times,
            IntSupplier sources,
            WorkBudget budget,
            StatusListener statuses) {
        this.store = new UserStore(store);
        this.times = times;
        this.budget = budget;
        this.statuses = statuses;
        this.clocks = new SourceClocks(sources);
        this.now = this.store.clock();
        rebuild();
    }

    private void rebuild() {
        try (var all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (!read(entry.key, entry.value)) {
                    outdated.add(entry.key);
                }
            }
        }
        if (now == Session.NO_TIME && !outdated.isEmpty()) {
            // An earlier layout has no time of its own.
            now = here.values().stream()
                    .mapToLong(user -> user.publishedBy(times))
                    .max()
                    .orElse(now);
        }
        here.values().forEach(user -> wheel.schedule(user, now));
    }

    private boolean read(Bytes key, byte[] bytes) {
        char kind = Keys.kind(key);
        if (FormerUsers.isOne(kind)) {
            FormerUsers.read(key, bytes, this::user, times);
            return false;
        }
        ByteBuffer value = StoredBytes.read(bytes);
        if (value == null) {
            return false;
        }
        if (kind == UserStore.HERE) {
            UserStore.read(user(Keys.name(key)), value, times);
        }
        return kind == UserStore.HERE
                || kind == UserStore.ABSENT
                || kind == UserStore.FORGET
                || kind == UserStore.ERASED
                || key.equals(UserStore.CLOCK);
    }

    private User user(String userId) {
        return here.computeIfAbsent(userId, id -> new User(this, id));
    }

    /** Applies one signal of a record appended at {@code at}. */
    public void accept(PresenceSignal signal, long at) {
        if (!outdated.isEmpty()) {
            // What was read in another layout is written in this one.
            outdated.forEach(store::remove);
            outdated.clear();
            here.values().forEach(store::put);
        }
        if (signal.sign() == Signal.CLOCK) {
            clocks.set(signal.source(), signal.at());
            passTo(clocks.earliest());
        } else if (signal.sign() == Signal.ERASED) {
            erase(signal.userId(), Math.max(now, at));
        } else if (!times.isLate(signal.at(), at)) {
            apply(signal);
        }
    }

    private void apply(PresenceSignal signal) {
        User user = here.get(signal.userId());
        if (user == null) {
            if (store.isErased(signal.userId())) {
                return;
            }
            user = new User(this, signal.userId());
            var _ = store.takeAbsent(user);
            here.put(user.id, user);
        }
        Session before = user.session(hash(signal.channel()));
        Session after = before.after(signal);
        if (!after.equals(before)) {
            user.put(after, times);
            user.lastSeen = Math.max(user.lastSeen, signal.at());
            var _ = publish(user, now, Math.max(now, signal.at()));
            store.put(user);
            wheel.schedule(user, user.changesAfter(now, times));
        }
    }

    private void erase(String userId, long at) {
        if (store.isErased(userId)) {
            return;
        }
        User user = here.remove(userId);
        if (user == null) {
            var _ = store.takeAbsent(new User(this, userId));
        } else {
            user.cancel();
            store.remove(user);
            if (user.published != Status.OFFLINE) {
                statuses.changed(new StatusChanged(userId, Status.OFFLINE, user.lastSeen, at));
            }
        }
        store.putErased(userId);
        statuses.forgotten(userId, at);
    }

    /** Handles what is due, if there was no time for it before. */
    public void catchUp() {
        var _ = budget.run(wheel, now);
    }

    private void passTo(long at) {
        if (at <= now) {
            return;
        }
        if (budget.run(wheel, at)) {
            forget(at);
        }
        now = at;
        store.putClock(now);
    }

    private void forget(long at) {
        for (int each = 0; each < FORGET_LIMIT; each++) {
            Optional<String> userId = store.takeForgotten(at);
            if (userId.isEmpty()) {
                return;
            }
            statuses.forgotten(userId.get(), at);
        }
    }

    /** The user's time has come. */
    void due(User user, long due) {
        long at = Math.max(due, now);
        boolean isOver = user.forget(at, times);
        boolean isNews = publish(user, at, at);
        if (user.sessions.length == 0) {
            here.remove(user.id);
            store.putAbsent(
                    user.id, user.lastSeen, user.lastSeen + times.forgetAfter().toMillis());
            return;
        }
        if (isOver || isNews) {
            store.put(user);
        }
        wheel.schedule(user, user.changesAfter(at, times));
    }

    private boolean publish(User user, long asOf, long changedAt) {
        Status status = user.statusAt(asOf, times);
        if (status == user.published) {
            return false;
        }
        user.published = status;
        statuses.changed(new StatusChanged(user.id, status, user.lastSeen, changedAt));
        return true;
    }

    /** FNV-1a: one user's channels do not share one. */
    static long hash(String channel) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < channel.length(); i++) {
            hash = (hash ^ channel.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
