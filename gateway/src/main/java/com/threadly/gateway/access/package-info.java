/** Who takes part in what: a projection of the events that say so. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.access;
