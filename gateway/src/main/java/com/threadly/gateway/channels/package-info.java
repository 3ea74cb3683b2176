/** Who may subscribe to which channel, and Pusher's signed answer to it. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.channels;
