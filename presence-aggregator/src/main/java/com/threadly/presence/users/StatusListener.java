package com.threadly.presence.users;

/** Who is told whether users are here. */
public interface StatusListener {

    void changed(StatusChanged status);

    /** The user has been away for so long that the last status need not be kept. */
    void forgotten(String userId);
}
