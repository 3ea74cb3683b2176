package com.threadly.gateway.identity;

import java.util.Optional;

/** Tells users by their tokens. */
public interface Identities {

    /** The user whom {@code token} stands for, or empty when it is forged, expired or no token at all. */
    Optional<User> whoIs(String token);
}
