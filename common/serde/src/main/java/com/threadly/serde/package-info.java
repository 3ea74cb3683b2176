/** Encodes and decodes events: Confluent's wire format and the schema registry behind it. */
@org.jspecify.annotations.NullMarked
package com.threadly.serde;
