/** The {@code dlq} commands: dead letters listed, shown, and published again. */
@org.jspecify.annotations.NullMarked
package com.threadly.deadletter.command;
