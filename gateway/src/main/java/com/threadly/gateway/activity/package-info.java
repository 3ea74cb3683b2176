/** Current activity: typing, heartbeats and presence queries. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.activity;
