/** The commands for people: publish events of one's own, and watch a channel. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.command;
