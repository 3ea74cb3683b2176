/** The admin port: is it alive, is it ready, and what do its metrics say. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.admin;
