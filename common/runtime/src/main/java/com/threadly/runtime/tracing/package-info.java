/** The trace that a record belongs to, for logs and dead letters. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.tracing;
