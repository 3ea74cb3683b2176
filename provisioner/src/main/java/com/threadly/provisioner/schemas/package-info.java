/** Compares the schemas of the catalogue with those of a registry, and registers them. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner.schemas;
