/** The inbox in PostgreSQL: rows written idempotently, in any order, and their push marks. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification.inbox;
