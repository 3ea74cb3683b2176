/** What a benchmark tells: tables, the machine, and the file that keeps them. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.report;
