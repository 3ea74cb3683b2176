/** Sample traffic: a small fashion marketplace whose people write, buy and look around, the same way for the same seed. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.traffic;
