package com.threadly.presence.users;

/** Receives changes of users' statuses. */
public interface StatusListener {

    void changed(StatusChanged status);

    /** The user has been absent for so long that the last status need not be kept. */
    void forgotten(String userId, long at);
}
