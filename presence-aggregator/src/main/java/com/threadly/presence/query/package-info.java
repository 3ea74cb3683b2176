/** Questions over HTTP: who looks at a channel, and whether a user is here. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.query;
