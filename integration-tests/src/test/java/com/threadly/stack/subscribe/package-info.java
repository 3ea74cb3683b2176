@org.jspecify.annotations.NullMarked
package com.threadly.stack.subscribe;
