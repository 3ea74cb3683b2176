package com.threadly.notification.rebuild;

import com.threadly.common.database.Database;
import com.threadly.common.database.DatabaseSettings;
import com.threadly.common.pipeline.GroupOffsets;
import com.threadly.common.pipeline.UnavailableException;
import com.threadly.common.push.Publisher;
import com.threadly.common.push.PusherSettings;
import com.threadly.common.retry.Backoff;
import com.threadly.common.serde.AvroDecoder;
import com.threadly.common.serde.SerdeConfig;
import com.threadly.common.settings.KafkaSettings;
import com.threadly.common.settings.RegistrySettings;
import com.threadly.common.settings.Settings;
import com.threadly.common.worker.Context;
import com.threadly.notification.RulesSettings;
import com.threadly.notification.inbox.FreshTables;
import com.threadly.notification.inbox.InboxTables;
import com.threadly.notification.inbox.PushMarks;
import com.threadly.notification.inbox.ReadState;
import com.threadly.notification.inbox.RebuildLog;
import com.threadly.notification.inbox.RebuildStore;
import com.threadly.notification.inbox.Retention;
import com.threadly.notification.inbox.RetentionSettings;
import com.threadly.notification.rule.Payloads;
import com.threadly.notification.rule.Rules;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One rebuild: settings, wiring, run. */
final class RebuildRun {

    private static final int POLL_RECORDS = 10_000;

    private final Context context;
    private final Instant begun;
    private final PrintWriter err;
    private final KafkaSettings kafka;
    private final RegistrySettings registry;
    private final DatabaseSettings database;
    private final Optional<PusherSettings> pusher;
    private final RetentionSettings retentionSettings;
    private final Duration digestWindow;
    private final Payloads payloads = new Payloads();
    private final Rules rules;
    private final Wish wish;
    private final String name;

    /** Reads the settings; {@code err} is told of progress. */
    RebuildRun(Context context, Wish wish, PrintWriter err) {
        Settings settings = context.settings();
        this.context = context;
        this.begun = context.clock().instant();
        this.err = err;
        this.kafka = KafkaSettings.from(settings);
        this.registry = RegistrySettings.from(settings);
        this.database = DatabaseSettings.from(settings);
        this.pusher = wish.push() ? Optional.of(PusherSettings.from(settings)) : Optional.empty();
        RulesSettings rulesSettings = RulesSettings.from(settings);
        this.retentionSettings = RetentionSettings.from(settings);
        settings.verify();
        this.digestWindow = rulesSettings.digestWindow();
        this.rules = rulesSettings.rules(payloads);
        this.wish = new Wish(
                wish.selection().fromWholeWindow(digestWindow),
                wish.fresh(),
                wish.dryRun(),
                wish.push(),
                wish.restart());
        // Rows by other rules are no beginning to go on from, and those of the same wish are forgotten together.
        this.name = "%s language=%s digest-window=%s"
                .formatted(this.wish.name(), rulesSettings.language().toLanguageTag(), digestWindow);
    }

    Summary run() throws UnavailableException, InterruptedException {
        Database live = usable(context.closing(InboxTables.open(database, context.metrics())));
        return wish.beside() ? besideLive(live) : intoLive(live);
    }

    private Summary intoLive(Database live) throws UnavailableException, InterruptedException {
        var log = new RebuildLog(live);
        if (!goesOn(log)) {
            log.forget(wish.name());
        }
        rebuild(live, log).readHandled();
        var summary = Summary.of(log.counts(name), tidied(live));
        log.forget(wish.name());
        return summary;
    }

    private Summary besideLive(Database live) throws UnavailableException, InterruptedException {
        var tables = context.closing(FreshTables.beside(live, database, context.metrics()));
        var log = new RebuildLog(usable(tables.next()));
        if (!goesOn(log)) {
            tables.clear();
        }
        Rebuild rebuild = rebuild(tables.next(), log);
        if (wish.fresh()) {
            rebuild.catchUp();
        } else {
            rebuild.readHandled();
        }
        var _ = tidied(tables.next());
        var summary = new Summary(
                tables.differenceFromLive(begun, !wish.fresh()),
                log.counts(name).skipped());
        if (wish.dryRun()) {
            tables.drop();
        } else {
            tables.swap(rebuild::readRest);
        }
        return summary;
    }

    /** As the worker does it from time to time: a rebuild brings back what it has removed. */
    private long tidied(Database target) throws UnavailableException {
        var retention = new Retention(target, retentionSettings, digestWindow);
        return retention.removeOld(begun) + retention.trim(retention.withTooMany(), begun);
    }

    private boolean goesOn(RebuildLog log) throws UnavailableException {
        boolean goesOn = !wish.restart() && !log.nextOffsets(name).isEmpty();
        if (goesOn) {
            err.println("rebuild: goes on where it was stopped");
        }
        return goesOn;
    }

    private Rebuild rebuild(Database target, RebuildLog log) {
        var store = new RebuildStore(target, rules::tell);
        var decoder =
                new AvroDecoder(context.closing(SerdeConfig.of(registry.serde()).connect()));
        var writer = new Writer(name, wish.selection(), new RecordRules(decoder, rules), store, storing(target, store));
        Consumer<byte[], byte[]> consumer = context.closing(consumer());
        var progress = context.closing(new ProgressLine(err, isTerminal()));
        var reading = context.closing(new Reading(consumer, writer, database.poolSize(), progress));
        var stretches = new Stretches(consumer, new GroupOffsets(kafka.admin(), context.name()));
        return new Rebuild(name, wish.selection(), stretches, reading, log, store);
    }

    private Writer.Storing storing(Database target, RebuildStore store) {
        if (pusher.isEmpty()) {
            return (found, checkpoint, tally, skipped) ->
                    store.writeSilently(found, checkpoint, written -> Writer.counts(tally, written, skipped));
        }
        Publisher publisher = Publisher.over(pusher.get(), context);
        return new Pushing(store, new ReadState(target), publisher, new PushMarks(target), payloads, context.clock());
    }

    private Consumer<byte[], byte[]> consumer() {
        var deserializer = new ByteArrayDeserializer();
        return new KafkaConsumer<>(
                kafka.reader(
                        context.name() + "-rebuild",
                        Map.of(
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                POLL_RECORDS,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false)),
                deserializer,
                deserializer);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static Database usable(Database database) throws InterruptedException {
        for (int attempt = 1; database.trouble().isPresent(); attempt++) {
            Backoff.pause(attempt);
        }
        return database;
    }
}
