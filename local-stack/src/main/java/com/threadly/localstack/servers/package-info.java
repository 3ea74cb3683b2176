/** The real servers that the workers use: Kafka, Apicurio Registry and PostgreSQL, on loopback, without Docker. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.servers;
