/** What presence events say, in the words of the rules. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.signal;
