package com.threadly.presence;

import com.threadly.deadletter.command.DeadLetterCommands;
import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.pipeline.CompactedTopic;
import com.threadly.pipeline.Pipelines;
import com.threadly.pipeline.RecordPipeline;
import com.threadly.pipeline.start.PushScope;
import com.threadly.presence.push.HiddenUsers;
import com.threadly.presence.push.PresencePush;
import com.threadly.presence.query.PresenceQueries;
import com.threadly.presence.streams.PresenceStreams;
import com.threadly.presence.streams.StreamsConfiguration;
import com.threadly.presence.streams.StreamsSettings;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.Context;
import com.threadly.runtime.Deployable;
import com.threadly.runtime.DeployableCommand;
import com.threadly.runtime.Service;
import com.threadly.runtime.settings.KafkaSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The presence-aggregator: turns presence-events into presence-counts and user-presence, pushes those to their
 * channels, and answers queries on the admin port.
 */
public final class Main {

    private static final String PUSH_GROUP_SUFFIX = "-push";
    private static final List<Topic<?>> PUSHED =
            List.of(Topics.PRESENCE_COUNTS, Topics.USER_PRESENCE, Topics.USER_SETTINGS_EVENTS);

    private Main() {}

    public static void main(String[] args) {
        Deployable.main(
                TopicReader.PRESENCE_AGGREGATOR,
                List.of(
                        DeadLetterCommands.of(TopicReader.PRESENCE_AGGREGATOR.topics(), (_, topic) -> pushGroup(topic)),
                        new DeployableCommand(TopologyCommand.NAME, _ -> new TopologyCommand())),
                args,
                Main::wire);
    }

    /** The other topics are read by Kafka Streams. */
    private static Optional<String> pushGroup(String topic) {
        return PUSHED.stream()
                .filter(pushed -> pushed.name().equals(topic))
                .map(_ -> TopicReader.PRESENCE_AGGREGATOR.deployable() + PUSH_GROUP_SUFFIX)
                .findFirst();
    }

    static Service wire(Context context) throws IOException {
        var presence = PresenceSettings.from(context.settings());
        var pipelines = Pipelines.in(context.name() + PUSH_GROUP_SUFFIX, context.settings());
        KafkaSettings.checkForStreams(context.settings(), StreamsConfiguration.names());
        var pusher = PusherSettings.from(context.settings());
        var scope = PushScope.from(context.settings());
        context.settings().verify();

        var streams = new StreamsSettings(
                presence.threads(),
                presence.standbys(),
                StateFolder.of(presence.stateDir(), context),
                AdvertisedAddress.of(presence.address(), context.admin()));
        var presenceStreams = PresenceStreams.of(
                context, pipelines.kafka(), pipelines.registry(), presence.times(), presence.userTimes(), streams);
        var queries = context.closing(new PresenceQueries(presence.times(), presenceStreams.locator()));
        context.serve(PresenceQueries.PATH, queries);
        var hidden = new HiddenUsers();
        var settings = CompactedTopic.follow(Topics.USER_SETTINGS_EVENTS, pipelines, context, hidden);
        // As of now: what this process has counted before its pushing half starts is pushed, too.
        var pushing = pipelines
                .reading(PUSHED, context)
                .withTombstonesOf(List.of(Topics.USER_SETTINGS_EVENTS))
                .beside(List.of(Topics.PRESENCE_EVENTS, Topics.ERASURE_EVENTS))
                .pushing(
                        Publisher.over(pusher, context),
                        scope.asOf(context.clock().instant()))
                .handling(new PresencePush(hidden, settings, queries::statusOf, context.clock()));
        return new CountAndPush(presenceStreams, pushing);
    }

    /** Both halves; they are connected only by the topics. */
    private static final class CountAndPush implements Service {

        private final PresenceStreams presenceStreams;
        private final RecordPipeline pushing;
        private final FutureTask<?> closing;

        CountAndPush(PresenceStreams presenceStreams, RecordPipeline pushing) {
            this.presenceStreams = presenceStreams;
            this.pushing = pushing;
            this.closing = new FutureTask<>(presenceStreams::close, null);
        }

        @Override
        public void run() throws InterruptedException, ExecutionException {
            presenceStreams.start(pushing::stop);
            try {
                pushing.run();
            } finally {
                closing.run();
            }
            closing.get();
            presenceStreams.requireOwnInstanceId();
        }

        /** In parallel: each may take most of the stop's time limit. */
        @Override
        public void stop() {
            pushing.stop();
            Thread.ofPlatform().name("stop-counting").start(closing);
        }
    }
}
