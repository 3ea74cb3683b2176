/** Who takes part in what: a projection of events. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.access;
