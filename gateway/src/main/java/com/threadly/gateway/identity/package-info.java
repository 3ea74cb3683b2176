/** Authentication: identifies users by bearer tokens. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.identity;
