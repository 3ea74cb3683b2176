/** Orders, payments, messages and announcements become inbox rows and notifications; the worker's wiring. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification;
