/** Where orders stand, for their parties. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.orders;
