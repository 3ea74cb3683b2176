/** The {@code dlq} commands: list, show and redrive dead letters. */
@org.jspecify.annotations.NullMarked
package com.threadly.deadletter.command;
