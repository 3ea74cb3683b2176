/** Turns Pusher's webhooks into events. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.webhooks;
