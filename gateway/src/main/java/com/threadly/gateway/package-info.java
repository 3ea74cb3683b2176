/** The HTTP edge: the only module that browsers and Pusher talk to. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway;
