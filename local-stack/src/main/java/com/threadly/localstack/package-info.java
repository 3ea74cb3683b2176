/** Everything on one machine without Docker: the servers, the workers as processes of their own, and how to find them. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack;
