/** Many concurrent callers, as light as possible: they share the machine with what is measured. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.load;
