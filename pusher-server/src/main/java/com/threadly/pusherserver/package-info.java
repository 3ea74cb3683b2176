/** A development server that speaks the Pusher Channels protocol: HTTP API, WebSocket protocol 7 and webhooks. */
@org.jspecify.annotations.NullMarked
package com.threadly.pusherserver;
