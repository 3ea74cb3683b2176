/** Disturbs a running stack by a seeded schedule, and judges by the guarantees what its users saw meanwhile. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.chaos;
