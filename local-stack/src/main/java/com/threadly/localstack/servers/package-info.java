/** The real servers that the workers talk to: Kafka, Apicurio Registry and PostgreSQL, on loopback, without Docker. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.servers;
