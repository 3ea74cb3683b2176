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
 * Fetches many authorizations at once before they are needed. The Pusher client fetches them one by one under a lock
 * that all its connections share, so a thousand channels would take a thousand round trips.
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

    /** {@link #authorize} reports a refusal, where the client expects it. */
    private void ask(Key key) {
        try {
            answers.put(key, gateway.authorize(key.channel(), key.socketId()));
        } catch (AuthorizationFailureException refused) {
            answers.remove(key);
        }
    }
}
