/** Makes a cluster's topics and a registry's schemas what the catalogue says. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner;
