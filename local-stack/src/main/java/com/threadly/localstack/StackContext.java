package com.threadly.localstack;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;

/** What all parts of a stack need in order to start. */
record StackContext(
        StackOptions options, StackFolder folder, Addresses addresses, FreePorts ports, Watchdog watchdog) {}
