/** An ordered store: its keys, and the index of due times. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.store;
