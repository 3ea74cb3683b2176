package com.threadly.gateway;

import com.pusher.client.channel.PresenceChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.client.channel.User;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what a subscriber receives. */
final class SubscriptionRecorder implements PresenceChannelEventListener {

    private final List<String> log = new CopyOnWriteArrayList<>();

    List<String> log() {
        return log;
    }

    @Override
    public void onSubscriptionSucceeded(String channel) {
        log.add("subscribed");
    }

    @Override
    public void onAuthenticationFailure(String message, Exception cause) {
        log.add("refused " + message);
    }

    @Override
    public void onUsersInformationReceived(String channel, Set<User> users) {
        users.forEach(user -> log.add("member " + user.getId() + " " + user.getInfo()));
    }

    @Override
    public void userSubscribed(String channel, User user) {}

    @Override
    public void userUnsubscribed(String channel, User user) {}

    @Override
    public void onEvent(PusherEvent event) {
        log.add(event.getEventName() + " " + event.getData());
    }
}
