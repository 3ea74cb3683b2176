/** Who is notified of an event, and with which text: pure functions without I/O. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification.rule;
