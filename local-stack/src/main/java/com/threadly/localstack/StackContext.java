package com.threadly.localstack;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;

/** Where a stack is built: what all of its parts need in order to start. */
record StackContext(
        StackOptions options, StackFolder folder, Addresses addresses, FreePorts ports, Watchdog watchdog) {}
