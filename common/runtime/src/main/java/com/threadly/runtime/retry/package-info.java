/** Retries: what may be retried, and after how long. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.retry;
