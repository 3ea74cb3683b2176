/** The servers that the tests of this module share. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.testing;
