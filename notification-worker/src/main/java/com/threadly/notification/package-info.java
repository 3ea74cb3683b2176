/** Turns orders, payments, messages and announcements into inbox rows and notifications; the worker's wiring. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification;
