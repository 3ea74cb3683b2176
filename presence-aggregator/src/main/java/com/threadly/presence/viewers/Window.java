package com.threadly.presence.viewers;

/**
 * A span of event time, in milliseconds since the epoch.
 *
 * @param start inclusive
 * @param end exclusive
 */
public record Window(long start, long end) {}
