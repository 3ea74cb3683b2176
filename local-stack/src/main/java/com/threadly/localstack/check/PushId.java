package com.threadly.localstack.check;

/** What tells one push from all others: the channel, the event's name and, of that name, the identity. */
record PushId(String channel, String event, String identity) {

    @Override
    public String toString() {
        return channel + " " + event + " " + identity;
    }
}
