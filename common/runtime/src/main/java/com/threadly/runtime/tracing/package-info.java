/** Which trace a record belongs to, for whoever reads logs and dead letters. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.tracing;
