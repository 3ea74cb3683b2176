/** Who looks at what: presence events become counts of viewers, on a topic and in browsers. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence;
