/** Tests of the live page. */
@NullMarked
package com.threadly.stack.page;

import org.jspecify.annotations.NullMarked;
