/** The gateway against real servers. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway;
