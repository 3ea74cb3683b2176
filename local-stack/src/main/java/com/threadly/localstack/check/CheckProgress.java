package com.threadly.localstack.check;

/**
 * The progress of a check.
 *
 * @param missing promises of the events published so far that are not kept yet
 */
public record CheckProgress(long events, long pushes, long missing) {}
