/** The presence-aggregator's own jar between real servers. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence;
