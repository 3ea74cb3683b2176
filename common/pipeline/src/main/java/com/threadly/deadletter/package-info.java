/** Where records go that nothing can be done with now: a topic of their own, with the cause. */
@org.jspecify.annotations.NullMarked
package com.threadly.deadletter;
