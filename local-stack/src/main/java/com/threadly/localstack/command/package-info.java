/** The commands for people: run the demo, publish events, watch a channel. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.command;
