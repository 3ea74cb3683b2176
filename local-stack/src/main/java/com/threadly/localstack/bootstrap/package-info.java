/** What a new broker and a new registry need before a worker can start: topics and schemas. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.bootstrap;
