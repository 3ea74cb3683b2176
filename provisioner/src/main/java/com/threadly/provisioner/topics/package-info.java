/** Compares the topics of the catalogue with those of a cluster, and changes what is safe to change. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner.topics;
