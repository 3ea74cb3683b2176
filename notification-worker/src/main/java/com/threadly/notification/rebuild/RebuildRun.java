package com.threadly.notification.rebuild;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.events.TopicReader;
import com.threadly.notification.inbox.InboxTables;
import com.threadly.notification.inbox.PushMarkStore;
import com.threadly.notification.inbox.RebuildLock;
import com.threadly.notification.inbox.RebuildLog;
import com.threadly.notification.inbox.RebuildStore;
import com.threadly.notification.inbox.Retention;
import com.threadly.notification.inbox.RetentionSettings;
import com.threadly.notification.inbox.ShadowTables;
import com.threadly.notification.inbox.ShadowTables.Removal;
import com.threadly.notification.inbox.TrimmedRows;
import com.threadly.notification.rule.PushEvents;
import com.threadly.notification.rule.Rules;
import com.threadly.notification.rule.RulesSettings;
import com.threadly.pipeline.ConsumerGroup;
import com.threadly.pipeline.EventDecoder;
import com.threadly.pipeline.dedup.GroupOffsets;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.Context;
import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** One rebuild: settings, wiring, run. */
final class RebuildRun {

    private static final int POLL_RECORDS = 10_000;
    /** Three polls of all partitions are in the heap: one being written, one waiting, one being fetched. */
    private static final int MAX_PARTITION_FETCH_BYTES = 512 * 1024;

    private final Context context;
    private final Instant begun;
    private final PrintWriter err;
    private final KafkaSettings kafka;
    private final String group;
    private final RegistrySettings registry;
    private final DatabaseSettings database;
    private final Optional<PusherSettings> pusher;
    private final RetentionSettings retentionSettings;
    private final Duration digestWindow;
    private final PushEvents payloads;
    private final Rules rules;
    private final RebuildRequest request;
    private final String settingsName;
    private String name;

    /** Reads the settings; progress goes to {@code err}. */
    RebuildRun(Context context, RebuildRequest request, PrintWriter err) {
        Settings settings = context.settings();
        this.context = context;
        this.begun = context.clock().instant();
        this.err = err;
        this.kafka = KafkaSettings.from(settings);
        this.group = ConsumerGroup.of(context);
        this.registry = RegistrySettings.from(settings);
        this.database = DatabaseSettings.from(settings);
        this.pusher = request.push() ? Optional.of(PusherSettings.from(settings)) : Optional.empty();
        RulesSettings rulesSettings = RulesSettings.from(settings);
        this.retentionSettings = RetentionSettings.from(settings);
        settings.verify();
        this.digestWindow = rulesSettings.digestWindow();
        this.payloads = rulesSettings.pushEvents();
        this.rules = rulesSettings.rules(payloads);
        this.request = new RebuildRequest(
                request.selection().fromWholeWindow(digestWindow),
                request.fresh(),
                request.dryRun(),
                request.push(),
                request.restart(),
                request.mayRemove());
        // A run cannot continue with rows of other rules, or at offsets of other topics; progress of the same request
        // is dropped together.
        this.settingsName = "%s rules=%s language=%s digest-window=%s"
                .formatted(
                        this.request.name(),
                        RuleVersion.current(),
                        rulesSettings.language().toLanguageTag(),
                        digestWindow);
        this.name = settingsName;
    }

    RebuildSummary run() throws UnavailableException, InterruptedException {
        if (request.dryRun()) {
            // It changes nothing, so it does not migrate either.
            InboxTables.requireCurrent(database);
        }
        Database live = usable(context.closing(InboxTables.open(database, context.metrics())));
        var history = new TopicHistory(kafka.admin(), retentionSettings.age());
        this.name = "%s topic-ids=%s"
                .formatted(settingsName, history.ids(request.selection().topics()));
        var lock = context.closing(RebuildLock.take(live, database, name, begun));
        if (request.selection().from().isEmpty()) {
            history.gaps(ofRows(request.selection().topics())).forEach(gap -> err.println("rebuild: " + gap));
        }
        if (request.fresh()) {
            return besideLive(live, lock);
        }
        return request.dryRun() ? intoCopy(live, lock) : intoLive(live, lock);
    }

    /** The topic of erasures is compacted: the last record of each user is all that it needs to hold. */
    private static List<String> ofRows(List<String> topics) {
        return topics.stream()
                .filter(topic -> !topic.equals(RebuildSelection.ERASURES))
                .toList();
    }

    private RebuildSummary intoLive(Database live, RebuildLock lock) throws UnavailableException, InterruptedException {
        var log = new RebuildLog(live, lock);
        if (!goesOn(log)) {
            log.forget(request.name());
        }
        return intoTables(live, log, lock);
    }

    private RebuildSummary intoTables(Database tables, RebuildLog log, RebuildLock lock)
            throws UnavailableException, InterruptedException {
        var trimmed = TrimmedRows.beyond(
                retentionSettings.rowsPerUser(),
                Retention.lastToTrim(begun, digestWindow),
                Retention.longestDigest(digestWindow));
        rebuild(tables, log, lock, trimmed).readHandled();
        var summary = RebuildSummary.of(log.counts(name), tidied(tables));
        log.forget(request.name());
        return summary;
    }

    /** A dry run does what a run would do, to copies of the tables. */
    private RebuildSummary intoCopy(Database live, RebuildLock lock) throws UnavailableException, InterruptedException {
        var tables = context.closing(ShadowTables.beside(live, lock, database, context.metrics()));
        var log = new RebuildLog(usable(tables.next()), lock);
        if (!goesOn(log)) {
            tables.clear();
            tables.copyLive();
        }
        var summary = intoTables(tables.next(), log, lock);
        tables.drop();
        return summary;
    }

    private RebuildSummary besideLive(Database live, RebuildLock lock)
            throws UnavailableException, InterruptedException {
        var tables = context.closing(ShadowTables.beside(live, lock, database, context.metrics()));
        var log = new RebuildLog(usable(tables.next()), lock);
        if (!goesOn(log)) {
            tables.clear();
            tables.copyErasures();
        }
        tables.requireNothingLost();
        Rebuild rebuild = rebuild(tables.next(), log, lock, TrimmedRows.none());
        var allowed = new Removal(request.mayRemove(), begun, begun.minus(retentionSettings.age()));
        rebuild.catchUp();
        // Before retention removes fresh rows, which do follow from the topics.
        tables.noteMissing(allowed);
        rebuild.catchUp();
        tables.checkRemoval(allowed);
        var _ = tidied(tables.next());
        var summary = new RebuildSummary(
                tables.differenceFromLive(begun), log.counts(name).skipped());
        if (request.dryRun()) {
            tables.drop();
        } else {
            tables.swap(rebuild::readRest, allowed);
        }
        return summary;
    }

    /** As in the worker's housekeeping: a rebuild restores rows that it has removed. */
    private long tidied(Database target) throws UnavailableException {
        var retention = new Retention(target, retentionSettings, digestWindow);
        return retention.removeOld(begun)
                + retention.removeExpired(begun)
                + retention.trim(retention.withTooMany(), begun);
    }

    private boolean goesOn(RebuildLog log) throws UnavailableException {
        boolean goesOn = !request.restart() && !log.nextOffsets(name).isEmpty();
        if (goesOn) {
            err.println("rebuild: continues where it stopped");
        }
        return goesOn;
    }

    private Rebuild rebuild(Database target, RebuildLog log, RebuildLock lock, TrimmedRows trimmed) {
        var store = new RebuildStore(target, lock, rules::tell, trimmed, context.metrics());
        var decoder = new EventDecoder(
                new AvroDecoder(context.closing(SerdeConfig.of(registry.serde()).connect())),
                TopicReader.NOTIFICATION_WORKER.topics(),
                context.clock());
        var writer = new RebuildWriter(
                name,
                request.selection(),
                new KeptRows(begun, retentionSettings.age(), digestWindow),
                new RecordRules(decoder, rules),
                store,
                storing(target, store));
        Consumer<byte[], byte[]> consumer = context.closing(consumer());
        var progress = context.closing(new ProgressLine(err, isTerminal()));
        var reading = context.closing(new RangeReader(consumer, writer, database.poolSize(), progress));
        var ranges = new OffsetRanges(consumer, new GroupOffsets(kafka.admin(), group));
        return new Rebuild(name, request.selection(), ranges, reading, log, store);
    }

    private RebuildWriter.Storing storing(Database target, RebuildStore store) {
        if (pusher.isEmpty()) {
            return (found, checkpoint, tally, skipped) ->
                    store.writeSilently(found, checkpoint, written -> RebuildWriter.counts(tally, written, skipped));
        }
        Publisher publisher = Publisher.over(pusher.get(), context);
        return new Pushing(store, publisher, new PushMarkStore(target), payloads, context.clock());
    }

    private Consumer<byte[], byte[]> consumer() {
        return new BoundedConsumer(kafka.reader(
                context.name() + "-rebuild",
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        POLL_RECORDS,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        MAX_PARTITION_FETCH_BYTES,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false)));
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static Database usable(Database database) throws InterruptedException {
        for (int attempt = 1; database.trouble().isPresent(); attempt++) {
            RetryPolicy.STANDARD.pause(attempt);
        }
        return database;
    }
}
