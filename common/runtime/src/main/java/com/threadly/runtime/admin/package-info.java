/** The admin port: liveness, readiness and metrics. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.admin;
