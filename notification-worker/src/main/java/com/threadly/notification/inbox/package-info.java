/** The inbox in PostgreSQL: rows written idempotently, in any order, and what of them has been pushed. */
@org.jspecify.annotations.NullMarked
package com.threadly.notification.inbox;
