/** Pushes messages and typing to the members of their conversation. */
@org.jspecify.annotations.NullMarked
package com.threadly.fanout;
