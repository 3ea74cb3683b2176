package com.threadly.gateway;

import com.threadly.database.DatabaseSettings;
import com.threadly.database.ErasureCommand;
import com.threadly.deadletter.command.DeadLetterCommands;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.access.AccessStore;
import com.threadly.gateway.access.CachedAccess;
import com.threadly.gateway.access.CatchUp;
import com.threadly.gateway.access.DevelopmentAccess;
import com.threadly.gateway.access.ErasedMembers;
import com.threadly.gateway.access.ErasureProjection;
import com.threadly.gateway.access.GroupProgress;
import com.threadly.gateway.access.MembershipProjection;
import com.threadly.gateway.activity.AggregatorSettings;
import com.threadly.gateway.activity.HeartbeatRoute;
import com.threadly.gateway.activity.PresenceProxy;
import com.threadly.gateway.activity.TypingRoute;
import com.threadly.gateway.channels.ChannelAuthorization;
import com.threadly.gateway.channels.ChannelRules;
import com.threadly.gateway.channels.ChannelSigner;
import com.threadly.gateway.channels.UserAuthentication;
import com.threadly.gateway.http.GatewayServer;
import com.threadly.gateway.http.HttpSettings;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.TokenSettings;
import com.threadly.gateway.inbox.Inbox;
import com.threadly.gateway.inbox.InboxRoutes;
import com.threadly.gateway.inbox.MarkRoutes;
import com.threadly.gateway.inbox.RecentMarks;
import com.threadly.gateway.limits.DistinctQuota;
import com.threadly.gateway.limits.LimitSettings;
import com.threadly.gateway.limits.RateLimit;
import com.threadly.gateway.limits.Turns;
import com.threadly.gateway.orders.OrderRoute;
import com.threadly.gateway.orders.OrderStore;
import com.threadly.gateway.privacy.PresenceNames;
import com.threadly.gateway.privacy.PrivacySettings;
import com.threadly.gateway.privacy.Pseudonyms;
import com.threadly.gateway.privacy.SettingsProjection;
import com.threadly.gateway.privacy.SettingsRoutes;
import com.threadly.gateway.privacy.UserSettingsStore;
import com.threadly.gateway.publishing.KafkaSink;
import com.threadly.gateway.webhooks.AppKey;
import com.threadly.gateway.webhooks.WebhookRoute;
import com.threadly.gateway.webhooks.WebhookSettings;
import com.threadly.gateway.webhooks.WebhookSignature;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.Pipelines;
import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.Context;
import com.threadly.runtime.Deployable;
import com.threadly.runtime.Service;
import com.threadly.runtime.kafka.KafkaAvailability;
import com.threadly.runtime.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway: authorizes channels, serves browsers' inboxes, and receives Pusher's webhooks. */
public final class Main {

    private static final Logger log = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        Deployable.main(
                TopicReader.GATEWAY,
                List.of(
                        DeadLetterCommands.of(TopicReader.GATEWAY.topics()),
                        ErasureCommand.of(AccessStore.TABLES, ErasedMembers::report)),
                args,
                Main::wire);
    }

    static Service wire(Context context) {
        Settings settings = context.settings();
        var pipelines = Pipelines.from(context);
        var databaseSettings = DatabaseSettings.from(settings);
        var http = HttpSettings.from(settings);
        var tokens = TokenSettings.from(settings);
        var limits = LimitSettings.from(settings);
        var webhookSettings = WebhookSettings.from(settings);
        var presenceSettings = AggregatorSettings.from(settings);
        var appKey = new AppKey(settings.get(PusherSettings.KEY), settings.get(PusherSettings.SECRET));
        String appId = settings.get(PusherSettings.APP_ID);
        var encryptionKey = settings.find(PusherSettings.ENCRYPTION_KEY);
        var privacy = PrivacySettings.from(settings);
        settings.verify();

        var clock = context.clock();
        var metrics = context.metrics();
        var sink = context.closing(KafkaSink.connect(pipelines.kafka(), pipelines.registry(), clock));
        var brokers = context.closing(KafkaAvailability.of(
                pipelines.kafka(),
                List.of(
                        Topics.PRESENCE_EVENTS,
                        Topics.TYPING_EVENTS,
                        Topics.NOTIFICATION_READ_EVENTS,
                        Topics.CONVERSATION_CHANNELS,
                        Topics.USER_SETTINGS_EVENTS)));
        brokers.start();
        var database = context.closing(AccessStore.open(databaseSettings, metrics));
        context.health().ready("kafka", brokers);
        context.health().ready("writes", sink);
        context.health().ready("database", database);
        var catchUp = context.closing(CatchUp.start(
                new GroupProgress(pipelines.kafka().admin(), pipelines.group(), TopicReader.GATEWAY.topics()),
                context.threads("catch-up")));
        context.health().ready("memberships", catchUp);

        var store = new AccessStore(database);
        Access access = access(tokens, store);
        var quota = new DistinctQuota(limits.channelsPerUser());
        var identities = tokens.identities(clock);
        context.health().ready("issuer", identities);
        var authenticator = new Authenticator(
                identities, new RateLimit(limits.perUser()), Turns.besideOthers(databaseSettings.poolSize()), metrics);
        var signer =
                context.closing(new ChannelSigner(appId, appKey.key(), appKey.secret(), encryptionKey.orElse(null)));
        var signature = new WebhookSignature(Stream.concat(Stream.of(appKey), webhookSettings.otherKeys().stream())
                .toList());
        var inbox = new Inbox(database);
        var recent = new RecentMarks();
        var userSettings = new UserSettingsStore(database);
        var names = new PresenceNames(privacy.shown(), new Pseudonyms(appKey.secret()), userSettings);
        var rules = new ChannelRules(access, encryptionKey.isPresent());
        var routes = new Routes(
                new ChannelAuthorization(authenticator, rules, quota, names, signer, metrics),
                new UserAuthentication(authenticator, signer),
                new WebhookRoute(
                        signature,
                        webhookSettings.maxAge(),
                        new RateLimit(WebhookRoute.MAX_FAILURES_PER_SECOND),
                        participants(tokens, rules),
                        names,
                        sink,
                        clock,
                        metrics),
                new InboxRoutes(authenticator, inbox, recent),
                new MarkRoutes(authenticator, inbox, sink, recent, clock),
                new TypingRoute(authenticator, access, sink, clock),
                new HeartbeatRoute(authenticator, quota, sink, clock),
                context.closing(
                        new PresenceProxy(authenticator, access, names, userSettings, presenceSettings.aggregator())),
                new OrderRoute(authenticator, access, new OrderStore(database)),
                new SettingsRoutes(authenticator, userSettings, sink, clock));
        return new GatewayService(
                new GatewayServer(http, context.health(), metrics, new RateLimit(limits.perAddress()), routes.all()),
                pipelines
                        .reading(TopicReader.GATEWAY.topics(), context)
                        .storing()
                        .withTombstonesOf(List.of(Topics.USER_SETTINGS_EVENTS))
                        .handling(projection(
                                new MembershipProjection(store, sink, clock),
                                new SettingsProjection(userSettings),
                                new ErasureProjection(new ErasedMembers(database), sink, clock))));
    }

    /** Each call is of one topic. */
    private static Handler projection(Handler memberships, Handler settings, Handler erasures) {
        return records -> {
            String topic = records.getFirst().topic();
            if (topic.equals(Topics.USER_SETTINGS_EVENTS.name())) {
                return settings.handle(records);
            }
            return (topic.equals(Topics.ERASURE_EVENTS.name()) ? erasures : memberships).handle(records);
        };
    }

    /** A development token may grant any conversation, which webhooks do not say. */
    private static WebhookRoute.Participants participants(TokenSettings tokens, ChannelRules rules) {
        return tokens.development() ? (_, _) -> true : rules::mayTypeOn;
    }

    private static Access access(TokenSettings tokens, AccessStore store) {
        Access projection = new CachedAccess(store);
        if (!tokens.development()) {
            return projection;
        }
        log.atWarn()
                .log("DEVELOPMENT TOKENS ARE ACCEPTED: anyone who knows AUTH_DEVELOPMENT_SECRET can act as any"
                        + " user; unset it in production");
        return new DevelopmentAccess(projection);
    }
}
