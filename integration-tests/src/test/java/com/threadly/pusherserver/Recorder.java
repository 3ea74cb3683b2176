package com.threadly.pusherserver;

import com.pusher.client.channel.PresenceChannelEventListener;
import com.pusher.client.channel.PrivateEncryptedChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.client.channel.User;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Records in short form what pusher-java-client reports about a channel. */
final class Recorder implements PresenceChannelEventListener, PrivateEncryptedChannelEventListener {

    private final List<String> log = new CopyOnWriteArrayList<>();

    List<String> log() {
        return log;
    }

    @Override
    public void onEvent(PusherEvent event) {
        String sender = event.getUserId() == null ? "" : " by " + event.getUserId();
        log.add(event.getEventName() + " " + event.getData() + sender);
    }

    @Override
    public void onSubscriptionSucceeded(String channelName) {
        log.add("subscribed");
    }

    @Override
    public void onUsersInformationReceived(String channelName, Set<User> users) {
        log.add("users " + users.stream().map(User::getId).sorted().collect(Collectors.joining(",")));
    }

    @Override
    public void userSubscribed(String channelName, User user) {
        log.add("added " + user.getId() + " " + user.getInfo());
    }

    @Override
    public void userUnsubscribed(String channelName, User user) {
        log.add("removed " + user.getId());
    }

    @Override
    public void onAuthenticationFailure(String message, Exception e) {
        log.add("authorization failed " + message);
    }

    @Override
    public void onDecryptionFailure(String event, String reason) {
        log.add("decryption failed " + reason);
    }
}
