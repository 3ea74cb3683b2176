/** An ordered store: how its keys are built, and what is to be done when. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.store;
