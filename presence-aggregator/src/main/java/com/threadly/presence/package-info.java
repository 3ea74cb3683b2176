/** Presence: counts viewers from presence events, on a topic and in browsers. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence;
