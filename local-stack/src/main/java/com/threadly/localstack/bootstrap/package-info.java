/** What a new broker and registry need before a worker can start: topics and schemas. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.bootstrap;
