/** A user's notifications and their read state. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.inbox;
