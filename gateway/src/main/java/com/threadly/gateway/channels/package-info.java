/** Who may subscribe to which channel, and the signed authorization for Pusher. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.channels;
