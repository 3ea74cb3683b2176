/** Who is online: plain rules over an ordered store, with no thread and no clock of their own. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.users;
