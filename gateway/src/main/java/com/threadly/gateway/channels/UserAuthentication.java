package com.threadly.gateway.channels;

import com.threadly.gateway.http.Answers;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /pusher/user-auth}: signs a connection in as the token's user. */
public final class UserAuthentication implements Handler {

    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final Authenticator authenticator;
    private final ChannelSigner signer;

    public UserAuthentication(Authenticator authenticator, ChannelSigner signer) {
        this.authenticator = authenticator;
        this.signer = signer;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        var fields = RequestFields.parse(exchange.contentType(), RequestBodies.read(exchange, MAX_BODY_BYTES));
        Answers.json(exchange, signer.user(fields.socketId(), user));
    }
}
