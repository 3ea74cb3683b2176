package com.threadly.presence.users;

/**
 * A user's status has changed.
 *
 * @param lastSeen the event time of the user's latest signal; milliseconds since the epoch
 * @param at when the status changed
 */
public record StatusChanged(String userId, Status status, long lastSeen, long at) {}
