/** The web server: its limits, its headers, its errors, its stop. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.http;
