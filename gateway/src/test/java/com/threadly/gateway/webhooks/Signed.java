package com.threadly.gateway.webhooks;

import com.pusher.rest.SignatureUtil;

/** Signs as Pusher does, with Pusher's own code. */
public final class Signed {

    private Signed() {}

    public static String hex(String secret, String body) {
        return SignatureUtil.sign(body, secret);
    }
}
