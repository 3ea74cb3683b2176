/** The gateway's projection in a real database. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.privacy;
