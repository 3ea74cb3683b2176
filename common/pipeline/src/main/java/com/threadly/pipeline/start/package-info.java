/** Where a partition begins, and from where on its records are pushed. */
@NullMarked
package com.threadly.pipeline.start;

import org.jspecify.annotations.NullMarked;
