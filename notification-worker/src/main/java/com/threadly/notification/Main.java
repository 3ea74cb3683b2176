package com.threadly.notification;

import com.threadly.database.DatabaseSettings;
import com.threadly.database.ErasureCommand;
import com.threadly.deadletter.command.DeadLetterCommands;
import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.notification.inbox.DigestStore;
import com.threadly.notification.inbox.DigestSuppression;
import com.threadly.notification.inbox.DigestSuppressionSettings;
import com.threadly.notification.inbox.ErasedUsers;
import com.threadly.notification.inbox.Housekeeping;
import com.threadly.notification.inbox.InboxTables;
import com.threadly.notification.inbox.NotificationStore;
import com.threadly.notification.inbox.PushMarkStore;
import com.threadly.notification.inbox.PushMarkWriter;
import com.threadly.notification.inbox.PushedEvents;
import com.threadly.notification.inbox.ReadState;
import com.threadly.notification.inbox.Retention;
import com.threadly.notification.inbox.RetentionSettings;
import com.threadly.notification.rebuild.RebuildCommand;
import com.threadly.notification.rule.RulesSettings;
import com.threadly.pipeline.Pipelines;
import com.threadly.pipeline.start.PushScope;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.Context;
import com.threadly.runtime.Deployable;
import com.threadly.runtime.DeployableCommand;
import com.threadly.runtime.Service;
import com.threadly.runtime.settings.Settings;
import java.util.List;

/** The notification-worker: orders, payments, messages and announcements to inbox rows, then to Pusher. */
public final class Main {

    private static final TopicReader READER = TopicReader.NOTIFICATION_WORKER;

    private static final List<Topic<?>> WITHOUT_PRESENCE = READER.topics().stream()
            .filter(topic -> !topic.equals(Topics.USER_PRESENCE))
            .toList();

    /**
     * Enough to store one batch of each of twelve partitions while as many are pushed and marked. More would only wait,
     * and be copied by every garbage collection.
     */
    private static final int MAX_HELD_RECORDS = 10_000;

    private Main() {}

    public static void main(String[] args) {
        Deployable.main(
                READER,
                List.of(
                        DeadLetterCommands.of(READER.topics()),
                        new DeployableCommand(
                                RebuildCommand.NAME, deployable -> new RebuildCommand(deployable::context)),
                        ErasureCommand.of(InboxTables.TABLES, ErasedUsers::report)),
                args,
                Main::wire);
    }

    static Service wire(Context context) {
        Settings settings = context.settings();
        var pipelines = Pipelines.holding(MAX_HELD_RECORDS, context);
        var pusher = PusherSettings.from(settings);
        var databaseSettings = DatabaseSettings.from(settings);
        var rulesSettings = RulesSettings.from(settings);
        var retentionSettings = RetentionSettings.from(settings);
        var attentionSettings = DigestSuppressionSettings.from(settings);
        var scope = PushScope.from(settings);
        settings.verify();

        var database = context.closing(InboxTables.open(databaseSettings, context.metrics()));
        context.health().ready("database", database);
        var marker = context.closing(
                new PushMarkWriter(new PushMarkStore(database), context.clock(), context.threads("pushed-marker")));
        var retention = new Retention(database, retentionSettings, rulesSettings.digestWindow());
        var housekeeping = context.closing(
                new Housekeeping(retention, context.clock(), context.metrics(), context.threads("housekeeping")));
        housekeeping.start();
        var payloads = rulesSettings.pushEvents();
        var rules = rulesSettings.rules(payloads);
        var digests = new DigestStore(database, rules::tell);
        var handler = new NotificationHandler(
                rules,
                new NotificationStore(database),
                digests,
                new ReadState(database, digests),
                new PushedEvents(database),
                new DigestSuppression(database, attentionSettings, context.clock()),
                new ErasedUsers(database, digests, context.metrics()),
                housekeeping::touched,
                new PushPlanner(payloads, new InFlight(), marker));
        return pipelines
                .reading(attentionSettings.usesPresence() ? READER.topics() : WITHOUT_PRESENCE, context)
                .storing()
                .pushing(Publisher.over(pusher, context), scope)
                .handling(handler);
    }
}
