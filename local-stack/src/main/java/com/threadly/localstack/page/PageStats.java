package com.threadly.localstack.page;

/** Totals since the stack started; the page shows how fast they grow. */
public record PageStats(long eventsIn, long pushesOut) {}
