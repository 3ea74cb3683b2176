/** Queries over HTTP: who views a channel, and whether a user is online. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.query;
