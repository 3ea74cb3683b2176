package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.Checkpoint;
import com.threadly.notification.inbox.PushMark;
import com.threadly.notification.inbox.PushMarkStore;
import com.threadly.notification.inbox.RebuildStore;
import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.inbox.RebuildStore.Written;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.PushEvents;
import com.threadly.notification.rule.RowStates;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PushCallback;
import com.threadly.pusher.PushResult;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes new and changed rows, marks them, and only then continues: a killed rebuild pushes the rest next time.
 */
final class Pushing implements RebuildWriter.Storing {

    private static final Logger log = LoggerFactory.getLogger(Pushing.class);

    private final RebuildStore store;
    private final Publisher publisher;
    private final PushMarkStore marks;
    private final PushEvents payloads;
    private final Clock clock;

    Pushing(RebuildStore store, Publisher publisher, PushMarkStore marks, PushEvents payloads, Clock clock) {
        this.store = store;
        this.publisher = publisher;
        this.marks = marks;
        this.payloads = payloads;
        this.clock = clock;
    }

    @Override
    public Written write(Found found, Checkpoint checkpoint, RowTally tally, long skipped)
            throws UnavailableException, InterruptedException {
        Written written = store.writeToPush(found);
        push(written.toPush());
        store.save(checkpoint, RebuildWriter.counts(tally, written, skipped));
        return written;
    }

    private void push(List<Notification> rows) throws UnavailableException, InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        Map<UUID, RowStates> states =
                store.states(rows.stream().map(Notification::id).toList());
        List<Notification> shown = rows.stream()
                .filter(row -> !states.getOrDefault(row.id(), RowStates.NEW).deleted())
                .toList();
        var ended = new CountDownLatch(shown.size());
        var refused = new ConcurrentLinkedQueue<UUID>();
        for (Notification row : shown) {
            publisher.publish(
                    payloads.notification(row, states.getOrDefault(row.id(), RowStates.NEW)), new PushCallback() {
                        @Override
                        public boolean abandoned() {
                            return false;
                        }

                        @Override
                        public void completed(PushResult result) {
                            if (result instanceof PushResult.Rejected) {
                                refused.add(row.id());
                            }
                            ended.countDown();
                        }
                    });
        }
        ended.await();
        if (!refused.isEmpty()) {
            log.atWarn()
                    .addKeyValue("rows", refused.size())
                    .addKeyValue("first", refused.peek())
                    .log("Pusher rejected rows; they are in the inbox, and appear when it is opened");
        }
        marks.write(
                rows.stream()
                        .<PushMark>map(row -> new PushMark.OfNotification(row.id(), row.revision()))
                        .toList(),
                clock.instant());
    }
}
