/** What HTTP answers of all deployables have in common. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.http;
