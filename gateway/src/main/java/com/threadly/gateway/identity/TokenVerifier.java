package com.threadly.gateway.identity;

import com.threadly.runtime.retry.UnavailableException;
import java.util.Optional;

/** Identifies users by their tokens. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * The user of {@code token}, or empty when it is forged, expired or not a token.
     *
     * @throws UnavailableException when the issuer's keys cannot be fetched
     */
    Optional<User> whoIs(String token) throws UnavailableException;
}
