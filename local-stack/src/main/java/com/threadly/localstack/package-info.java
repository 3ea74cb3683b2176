/** Everything on one machine without Docker: the servers, the workers as separate processes, and how to find them. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack;
