@org.jspecify.annotations.NullMarked
package com.threadly.localstack.chaos;
