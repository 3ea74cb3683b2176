package com.threadly.localstack.check;

/** What identifies a push: the channel, the event's name and the identity within that name. */
record PushId(String channel, String event, String identity) {

    @Override
    public String toString() {
        return channel + " " + event + " " + identity;
    }
}
