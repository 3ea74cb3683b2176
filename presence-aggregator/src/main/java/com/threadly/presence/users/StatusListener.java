package com.threadly.presence.users;

/** Receives changes of users' statuses. */
public interface StatusListener {

    void changed(StatusChanged status);

    /** The last status need not be kept, after a long absence, or must not be. */
    void forgotten(String userId, long at);
}
