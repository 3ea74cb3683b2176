package com.threadly.localstack.subscribe;

import com.pusher.client.AuthorizationFailureException;
import com.pusher.client.ChannelAuthorizer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks for many authorizations at once before they are needed. The Pusher client asks for one after the other while it
 * holds a lock that all its connections share, so that a thousand channels would take a thousand round trips.
 */
final class Prefetched implements ChannelAuthorizer {

    private static final int AT_ONCE = 16;

    private record Key(String channel, String socketId) {}

    private final ChannelAuthorizer gateway;
    private final Map<Key, String> answers = new ConcurrentHashMap<>();

    Prefetched(ChannelAuthorizer gateway) {
        this.gateway = gateway;
    }

    void prefetch(Collection<String> channels, String socketId) throws InterruptedException {
        try (ExecutorService pool =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<? extends Runnable> asks = channels.stream()
                    .<Runnable>map(channel -> () -> ask(new Key(channel, socketId)))
                    .toList();
            pool.invokeAll(asks.stream().map(Executors::callable).toList());
        }
    }

    @Override
    public String authorize(String channel, String socketId) {
        String answer = answers.remove(new Key(channel, socketId));
        return answer != null ? answer : gateway.authorize(channel, socketId);
    }

    /** A refusal is left to {@link #authorize}, which the client expects to be told so. */
    private void ask(Key key) {
        try {
            answers.put(key, gateway.authorize(key.channel(), key.socketId()));
        } catch (AuthorizationFailureException refused) {
            answers.remove(key);
        }
    }
}
