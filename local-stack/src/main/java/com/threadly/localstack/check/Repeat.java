package com.threadly.localstack.check;

import java.time.Instant;
import java.util.UUID;

/**
 * A push that arrived again.
 *
 * @param push its channel, name and identity, for people
 * @param name its name, such as {@code new-message}
 * @param eventId the event that promised it
 * @param published when that event was published
 * @param before when the push arrived the time before
 * @param at when it arrived now
 */
public record Repeat(String push, String name, UUID eventId, Instant published, Instant before, Instant at) {}
