/** What the stack does once it runs: a live page with sample traffic, or a check of every delivery. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.demo;
