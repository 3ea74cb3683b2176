/** Sample traffic: a small fashion marketplace whose people write, buy and browse, the same for the same seed. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.traffic;
