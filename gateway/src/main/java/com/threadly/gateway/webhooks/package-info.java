/** What Pusher tells of its channels becomes events. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.webhooks;
