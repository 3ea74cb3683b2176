/** A user's notifications, and what of them is read. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.inbox;
