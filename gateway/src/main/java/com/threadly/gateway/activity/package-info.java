/** What people do just now: typing, being there, and who else is. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.activity;
