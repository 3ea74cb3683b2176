package com.threadly.presence.push;

import com.threadly.presence.users.UserSnapshot;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Optional;

/** Which status a user has now, whichever process judges it. */
@FunctionalInterface
public interface StatusReader {

    /** Empty for users never seen, or forgotten. */
    Optional<UserSnapshot> of(String userId) throws UnavailableException;
}
