/** What is promised of the record pipeline, asked of the fan-out worker's own process while something goes wrong. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.faults;
