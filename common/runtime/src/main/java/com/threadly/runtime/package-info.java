/** Runs a worker as a program: command line, settings, admin port, logs, clean start and stop. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime;
