/** README's example: a service that publishes its first event. */
@org.jspecify.annotations.NullMarked
package com.threadly.example;
