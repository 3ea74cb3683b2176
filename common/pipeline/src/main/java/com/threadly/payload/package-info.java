/** What browsers receive: JSON payloads, and text that is safe and short enough to show. */
@org.jspecify.annotations.NullMarked
package com.threadly.payload;
