/** Typed settings from the environment and an optional file; every wrong one is reported at once. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.settings;
