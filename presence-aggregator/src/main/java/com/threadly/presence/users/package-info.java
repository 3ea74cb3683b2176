/** Who is online: pure rules over an ordered store, without threads or clocks. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.users;
