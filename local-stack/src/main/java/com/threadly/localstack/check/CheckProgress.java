package com.threadly.localstack.check;

/**
 * How far a check is.
 *
 * @param missing promises not kept yet, of the events published so far
 */
public record CheckProgress(long events, long pushes, long missing) {}
