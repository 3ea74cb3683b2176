/** What each deployable may do with Kafka. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner.access;
