/** What a benchmark reports: tables, the machine, and the file that stores them. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.report;
