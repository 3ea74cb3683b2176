/**
 * The live page of the local stack: its files as {@code client/page} builds them, its configuration, and the few
 * requests it makes.
 */
@NullMarked
package com.threadly.localstack.page;

import org.jspecify.annotations.NullMarked;
