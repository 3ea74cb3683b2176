/** Who is asking: bearer tokens become users. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.identity;
