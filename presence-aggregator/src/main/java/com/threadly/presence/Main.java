package com.threadly.presence;

import com.threadly.common.pipeline.Pipelines;
import com.threadly.common.pipeline.RecordPipeline;
import com.threadly.common.push.Publisher;
import com.threadly.common.push.PusherSettings;
import com.threadly.common.worker.Context;
import com.threadly.common.worker.Deployable;
import com.threadly.common.worker.Service;
import com.threadly.events.Topics;
import com.threadly.presence.push.CountPush;
import com.threadly.presence.streams.Counting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The presence-aggregator: presence-events are counted into presence-counts, and those are told to their channels. */
public final class Main {

    private static final String PUSH_GROUP_SUFFIX = "-push";

    private Main() {}

    public static void main(String[] args) {
        Deployable.main(
                "presence-aggregator", List.of(Topics.PRESENCE_EVENTS, Topics.PRESENCE_COUNTS), args, Main::wire);
    }

    static Service wire(Context context) throws IOException {
        var presence = PresenceSettings.from(context.settings());
        var pipelines = Pipelines.from(context.settings());
        var pusher = PusherSettings.from(context.settings());
        context.settings().verify();

        Path stateDir = StateFolder.of(presence.stateDir(), context);
        var counting = Counting.of(
                context, pipelines.kafka(), pipelines.registry(), presence.times(), presence.threads(), stateDir);
        // A new group begins at the beginning: what is stale by then is dropped, and nothing is missed meanwhile.
        var pushing = pipelines.of(
                context,
                context.name() + PUSH_GROUP_SUFFIX,
                Map.of(),
                List.of(Topics.PRESENCE_COUNTS),
                new CountPush(presence.times().window()),
                Publisher.over(pusher, context));
        return new CountAndPush(counting, pushing);
    }

    /** Both halves; they know of each other through the topic only. */
    private record CountAndPush(Counting counting, RecordPipeline pushing) implements Service {

        @Override
        public void run() throws InterruptedException {
            counting.start();
            try {
                pushing.run();
            } finally {
                counting.close();
            }
        }

        @Override
        public void stop() {
            pushing.stop();
        }
    }
}
