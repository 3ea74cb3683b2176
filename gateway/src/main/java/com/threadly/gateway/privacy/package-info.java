/** What users show of themselves: their settings, and pseudonyms. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.privacy;
