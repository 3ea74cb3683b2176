package com.threadly.database;

/**
 * The tables of one deployable, which may share a schema with others.
 *
 * @param owner the deployable: what PostgreSQL shows as its connections' name
 * @param migrations the class path folder of their migrations
 * @param history the Flyway table that records which of them have run
 */
public record Tables(String owner, String migrations, String history) {}
