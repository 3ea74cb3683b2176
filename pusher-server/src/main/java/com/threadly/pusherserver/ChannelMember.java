package com.threadly.pusherserver;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A user of a presence channel, as described by the application's authorization endpoint. */
record ChannelMember(String id, @Nullable JsonNode info) {}
