/** Counts on their way to browsers. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.push;
