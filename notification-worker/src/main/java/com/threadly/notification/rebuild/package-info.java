/** Rebuilding the inbox from the topics, beside the live worker. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification.rebuild;
