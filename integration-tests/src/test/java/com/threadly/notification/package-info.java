/** The notification worker's storing and pushing, on the real PostgreSQL. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification;
