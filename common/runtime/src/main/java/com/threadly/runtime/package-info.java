/** What makes a program out of a worker: command line, settings, admin port, logs, a clean start and stop. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime;
