/** Was everything delivered? What the events promise, derived from the documentation alone, against what subscribers saw. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.check;
