package com.threadly.gateway.channels;

import com.threadly.gateway.http.Bodies;
import com.threadly.gateway.identity.Callers;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /pusher/user-auth}: tells Pusher whose connection it is. */
public final class UserAuthentication implements Handler {

    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final Callers callers;
    private final Signer signer;

    public UserAuthentication(Callers callers, Signer signer) {
        this.callers = callers;
        this.signer = signer;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = callers.user(exchange);
        var fields = RequestFields.parse(exchange.contentType(), Bodies.read(exchange, MAX_BODY_BYTES));
        exchange.contentType("application/json").result(signer.user(fields.socketId(), user));
    }
}
