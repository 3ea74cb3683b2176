/** Reading stretches of topics in bulk, without being a member of a group. */
@org.jspecify.annotations.NullMarked
package com.threadly.common.reading;
