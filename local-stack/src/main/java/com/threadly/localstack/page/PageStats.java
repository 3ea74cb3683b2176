package com.threadly.localstack.page;

/** Totals since the start of the stack; the page shows their rates. */
public record PageStats(long eventsIn, long pushesOut) {}
