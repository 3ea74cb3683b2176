/** Many callers at once, as light as can be: they share the machine with what is measured. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.load;
