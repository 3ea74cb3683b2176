/** The record pipeline's guarantees, checked on the fan-out worker's own process during faults. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.faults;
