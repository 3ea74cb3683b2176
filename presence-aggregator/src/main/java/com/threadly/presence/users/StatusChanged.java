package com.threadly.presence.users;

/**
 * A user's status has become another one.
 *
 * @param lastSeen the latest sign of the user, by the events' own clocks; milliseconds since the epoch
 * @param at when the status changed
 */
public record StatusChanged(String userId, Status status, long lastSeen, long at) {}
