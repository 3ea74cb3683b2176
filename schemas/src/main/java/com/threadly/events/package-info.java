/** The events of Threadly: generated classes, and the topics they travel on. */
@org.jspecify.annotations.NullMarked
package com.threadly.events;
