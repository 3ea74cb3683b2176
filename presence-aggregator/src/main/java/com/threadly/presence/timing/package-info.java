/** What becomes due, and when. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.timing;
