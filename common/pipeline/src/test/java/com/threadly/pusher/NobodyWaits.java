package com.threadly.pusher;

/** Of a push that no record caused. */
public final class NobodyWaits implements PushCallback {

    @Override
    public boolean abandoned() {
        return false;
    }

    @Override
    public void completed(PushResult result) {}
}
