/** Messages and typing become broadcasts to the members of their conversation. */
@org.jspecify.annotations.NullMarked
package com.threadly.fanout;
