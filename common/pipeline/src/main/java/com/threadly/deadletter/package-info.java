/** Dead letters: records that cannot be handled now, in their own topic, with the cause. */
@org.jspecify.annotations.NullMarked
package com.threadly.deadletter;
