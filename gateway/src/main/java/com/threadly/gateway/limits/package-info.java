/** How often somebody may ask. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.limits;
