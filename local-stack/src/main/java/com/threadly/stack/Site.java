package com.threadly.stack;

import com.threadly.stack.process.FreePorts;
import com.threadly.stack.process.Watchdog;

/** Where a stack is built: what all of its parts need in order to start. */
record Site(StackOptions options, StackFolder folder, Addresses addresses, FreePorts ports, Watchdog watchdog) {}
