package com.threadly.localstack.subscribe;

import com.pusher.client.channel.PresenceChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.client.channel.User;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The listener of one channel of any kind. Its methods run on the Pusher client's event thread. */
final class Listener implements PresenceChannelEventListener {

    private final Consumer<Push> sink;
    private final Clock clock;
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();

    Listener(Consumer<Push> sink, Clock clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Done when the server has confirmed the subscription; fails with the reason if it was refused. */
    CompletableFuture<Void> subscribed() {
        return subscribed;
    }

    @Override
    public void onEvent(PusherEvent event) {
        if (!event.getEventName().startsWith("pusher:")) {
            String data = event.getProperty("data") == null ? "null" : event.getData();
            sink.accept(new Push(event.getChannelName(), event.getEventName(), data, clock.instant()));
        }
    }

    @Override
    public void onSubscriptionSucceeded(String channel) {
        subscribed.complete(null);
    }

    @Override
    public void onAuthenticationFailure(String message, Exception cause) {
        subscribed.completeExceptionally(new SubscribeException(message));
    }

    @Override
    public void onError(String message, Exception cause) {
        subscribed.completeExceptionally(new SubscribeException(message));
    }

    @Override
    public void onUsersInformationReceived(String channel, Set<User> users) {
        // Membership is of no interest here.
    }

    @Override
    public void userSubscribed(String channel, User user) {
        // Membership is of no interest here.
    }

    @Override
    public void userUnsubscribed(String channel, User user) {
        // Membership is of no interest here.
    }
}
