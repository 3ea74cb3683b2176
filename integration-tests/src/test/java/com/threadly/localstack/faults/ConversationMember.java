package com.threadly.localstack.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.pusher.client.Pusher;
import com.pusher.client.PusherOptions;
import com.pusher.client.channel.PrivateChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A participant in conversations, with one WebSocket of Pusher's own client. */
final class ConversationMember implements PrivateChannelEventListener, AutoCloseable {

    private static final String CHANNEL_PREFIX = "private-conversation-";
    private static final String FENCE = "fence";

    private final JsonMapper json = new JsonMapper();
    private final List<String> channels;
    private final Consumer<Message> sink;
    private final com.pusher.rest.Pusher api;
    private final Pusher socket;
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final Set<String> fenced = ConcurrentHashMap.newKeySet();

    private ConversationMember(List<String> conversations, Rig rig, Consumer<Message> sink) {
        this.channels = conversations.stream().map(id -> CHANNEL_PREFIX + id).toList();
        this.sink = sink;
        this.api = rig.api();
        this.socket = new Pusher(
                Rig.APP.key(),
                new PusherOptions()
                        .setHost(rig.pusher().host())
                        .setWsPort(rig.pusher().port())
                        .setUseTLS(false)
                        .setChannelAuthorizer((channel, socketId) -> api.authenticate(socketId, channel)));
    }

    /** Subscribed when this returns. */
    static ConversationMember of(List<String> conversations, Rig rig, Consumer<Message> sink) {
        var member = new ConversationMember(conversations, rig, sink);
        member.channels.forEach(channel -> member.socket.subscribePrivate(channel, member, "new-message", FENCE));
        member.socket.connect();
        await().atMost(TestConversations.LIMIT).until(() -> member.subscribed.containsAll(member.channels));
        return member;
    }

    /** Sends a marker after everything that the server has, and waits for it. */
    void awaitWhatIsOnItsWay() {
        fenced.clear();
        api.trigger(channels, FENCE, "{}");
        await().atMost(TestConversations.LIMIT).until(() -> fenced.containsAll(channels));
    }

    @Override
    public void onEvent(PusherEvent event) {
        if (event.getEventName().equals(FENCE)) {
            fenced.add(event.getChannelName());
            return;
        }
        try {
            sink.accept(Message.of(json.readTree(event.getData()).path("id").asText()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onSubscriptionSucceeded(String channel) {
        subscribed.add(channel);
    }

    @Override
    public void onAuthenticationFailure(String message, Exception cause) {
        throw new IllegalStateException(message, cause);
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
