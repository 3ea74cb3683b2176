package com.threadly.gateway;

import com.pusher.rest.Pusher;
import com.threadly.common.push.PusherSettings;
import com.threadly.common.settings.KafkaSettings;
import com.threadly.common.settings.RegistrySettings;
import com.threadly.common.settings.Settings;
import com.threadly.common.worker.Context;
import com.threadly.common.worker.Deployable;
import com.threadly.common.worker.Service;
import com.threadly.events.Topics;
import com.threadly.gateway.channels.ChannelAuthorization;
import com.threadly.gateway.events.KafkaProbe;
import com.threadly.gateway.events.KafkaSink;
import com.threadly.gateway.http.GatewayServer;
import com.threadly.gateway.http.HttpSettings;
import com.threadly.gateway.identity.DevelopmentTokens;
import com.threadly.gateway.webhooks.WebhookSignature;
import com.threadly.gateway.webhooks.Webhooks;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway: browsers ask it for channels, Pusher tells it what happens on them. */
public final class Main {

    private static final Logger log = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        Deployable.main("gateway", args, Main::wire);
    }

    static Service wire(Context context) {
        Settings settings = context.settings();
        var kafka = KafkaSettings.from(settings);
        var registry = RegistrySettings.from(settings);
        var http = HttpSettings.from(settings);
        String pusherId = settings.get(PusherSettings.APP_ID);
        String pusherKey = settings.get(PusherSettings.KEY);
        String pusherSecret = settings.get(PusherSettings.SECRET);
        String developmentSecret = settings.get(DevelopmentTokens.SECRET);
        settings.verify();

        log.atWarn().log("DEVELOPMENT TOKENS ARE ACCEPTED: whoever knows AUTH_DEVELOPMENT_SECRET can be anyone");
        var identities = new DevelopmentTokens(developmentSecret, context.clock());
        var pusher = context.closing(new Pusher(pusherId, pusherKey, pusherSecret));
        var sink = context.closing(KafkaSink.connect(kafka, registry, context.clock()));
        var probe = context.closing(KafkaProbe.start(kafka, List.of(Topics.PRESENCE_EVENTS, Topics.TYPING_EVENTS)));
        context.health().ready("kafka", probe::trouble);
        context.health().ready("writes", sink::trouble);

        var authorization = new ChannelAuthorization(identities, pusher, context.metrics());
        var webhooks = new Webhooks(new WebhookSignature(pusherKey, pusherSecret), sink, context.metrics());
        return new GatewayServer(
                http,
                context.health(),
                routes -> routes.post("/pusher/auth", authorization).post("/pusher/webhooks", webhooks));
    }
}
