/** The delivery check: what events promise, by the documentation alone, compared with what subscribers saw. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.check;
