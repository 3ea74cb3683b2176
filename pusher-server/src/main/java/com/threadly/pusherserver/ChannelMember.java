package com.threadly.pusherserver;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A user of a presence channel, as the application's authorization endpoint described him. */
record ChannelMember(String id, @Nullable JsonNode info) {}
