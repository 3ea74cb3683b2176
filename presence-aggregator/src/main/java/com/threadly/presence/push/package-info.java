/** Pushes counts and statuses to browsers. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.push;
