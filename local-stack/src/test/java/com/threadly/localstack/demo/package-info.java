/** Tests of what the stack does once it runs. */
@NullMarked
package com.threadly.localstack.demo;

import org.jspecify.annotations.NullMarked;
