/** Whether a deployable is alive and ready. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.health;
