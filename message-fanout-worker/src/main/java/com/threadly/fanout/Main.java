package com.threadly.fanout;

import com.threadly.deadletter.command.DeadLetterCommands;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.pipeline.CompactedTopic;
import com.threadly.pipeline.Pipelines;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pipeline.dedup.DedupSettings;
import com.threadly.pipeline.start.PushScope;
import com.threadly.pusher.ChannelRateLimiter;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.Context;
import com.threadly.runtime.Deployable;
import com.threadly.runtime.Service;
import java.util.List;

/** The message-fanout-worker: message-events and typing-events to private-conversation-{id}. */
public final class Main {

    private static final TopicReader READER = TopicReader.MESSAGE_FANOUT_WORKER;

    private Main() {}

    public static void main(String[] args) {
        Deployable.main(READER, List.of(DeadLetterCommands.of(READER.topics())), args, Main::wire);
    }

    static Service wire(Context context) {
        var pipelines = Pipelines.from(context);
        var pusher = PusherSettings.from(context.settings());
        var fanout = FanoutSettings.from(context.settings());
        var dedup = DedupSettings.from(context.settings());
        var scope = PushScope.from(context.settings());
        context.settings().verify();

        var moved = new MovedConversations();
        var moves = CompactedTopic.follow(Topics.CONVERSATION_CHANNELS, pipelines, context, moved);
        var erased = new ErasedParticipants();
        var erasures = CompactedTopic.follow(Topics.ERASURE_EVENTS, pipelines, context, erased);
        var broadcasts = new Broadcasts(pusher.encryptionKey() != null, moved, erased, context.clock());
        var publisher = Publisher.over(pusher, new ChannelRateLimiter(fanout.conversationRate()), context);
        return pipelines
                .reading(READER.topics(), context)
                .deduplicating(dedup)
                .pushing(publisher, scope)
                .handling(records -> {
                    // Before, those who have left a conversation might hear it.
                    moves.requireLoaded();
                    erasures.requireLoaded();
                    return records.stream()
                            .map(record -> RecordOutcome.of(() -> broadcasts.of(record.event())))
                            .toList();
                });
    }
}
