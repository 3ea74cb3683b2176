/** Rebuilds the inbox from the topics, while the worker runs. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification.rebuild;
