/** Presence events as the rules see them. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.signal;
