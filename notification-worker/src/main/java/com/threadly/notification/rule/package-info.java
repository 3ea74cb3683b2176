/** Who is told what by an event, and in which words: pure functions without I/O. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification.rule;
