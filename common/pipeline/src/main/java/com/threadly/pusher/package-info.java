/** Pushes events to Pusher Channels: in order per channel, in batches, within limits. */
@org.jspecify.annotations.NullMarked
package com.threadly.pusher;
