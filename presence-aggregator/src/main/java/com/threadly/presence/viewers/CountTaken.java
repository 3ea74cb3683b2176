package com.threadly.presence.viewers;

/**
 * A count that differs from the one before it.
 *
 * @param takenAt milliseconds since the epoch
 */
public record CountTaken(String channel, Count count, Window window, long takenAt) {}
