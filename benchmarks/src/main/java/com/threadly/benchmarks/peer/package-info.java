/** What else one would write or use to push records to Pusher, as programs of their own. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.peer;
