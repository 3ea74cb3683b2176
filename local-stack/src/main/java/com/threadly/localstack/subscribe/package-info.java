/** Listens as browsers and phones do: with the real Pusher client, authorized by the gateway. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.subscribe;
