/** What may be tried again, and how long to wait before. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.retry;
