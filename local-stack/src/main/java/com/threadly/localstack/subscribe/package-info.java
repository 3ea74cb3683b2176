/** Listening as browsers and phones do: the real Pusher client, authorized through the gateway. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.subscribe;
