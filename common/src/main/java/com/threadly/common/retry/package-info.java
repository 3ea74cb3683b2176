/** How long to wait before trying again. */
@org.jspecify.annotations.NullMarked
package com.threadly.common.retry;
