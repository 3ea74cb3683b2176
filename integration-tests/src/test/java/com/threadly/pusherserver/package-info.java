/** Tests of the development server, with the real client libraries wherever there is one. */
@org.jspecify.annotations.NullMarked
package com.threadly.pusherserver;
