/** Tests of the live page. */
@NullMarked
package com.threadly.localstack.page;

import org.jspecify.annotations.NullMarked;
