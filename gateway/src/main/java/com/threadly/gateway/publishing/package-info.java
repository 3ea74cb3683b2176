/** Where events go: Kafka, acknowledged or refused, never lost in between. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.publishing;
