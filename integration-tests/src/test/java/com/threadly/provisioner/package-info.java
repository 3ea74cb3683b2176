/** The provisioner against real servers. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner;
