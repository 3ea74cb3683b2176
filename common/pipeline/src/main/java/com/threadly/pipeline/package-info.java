/** The path of a record: poll, decode, handle, push, commit; nothing lost, nothing out of order, everything bounded. */
@org.jspecify.annotations.NullMarked
package com.threadly.pipeline;
