package com.threadly.presence.viewers;

/**
 * A count to publish.
 *
 * @param takenAt milliseconds since the epoch; the window's end when the window is closed
 * @param push whether browsers are waiting for it
 */
public record CountTaken(String channel, Count count, Window window, long takenAt, boolean push) {}
