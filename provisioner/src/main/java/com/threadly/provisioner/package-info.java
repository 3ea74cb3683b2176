/** Makes a cluster's topics and a registry's schemas match the catalogue. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner;
