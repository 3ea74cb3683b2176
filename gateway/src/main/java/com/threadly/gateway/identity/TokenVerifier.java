package com.threadly.gateway.identity;

import com.threadly.runtime.retry.UnavailableException;
import java.util.Optional;

/** Tells users by their tokens. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * The user whom {@code token} stands for, or empty when it is forged, expired or no token at all.
     *
     * @throws UnavailableException when it cannot be told, because the issuer's keys cannot be had
     */
    Optional<User> whoIs(String token) throws UnavailableException;
}
