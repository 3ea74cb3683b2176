/** Rate limits. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.limits;
