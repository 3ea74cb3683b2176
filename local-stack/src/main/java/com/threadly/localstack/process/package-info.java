/** Programs run beside the stack: started, awaited, stopped, and never left behind. */
@org.jspecify.annotations.NullMarked
package com.threadly.localstack.process;
