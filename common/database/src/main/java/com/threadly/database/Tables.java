package com.threadly.database;

/**
 * The tables of one deployable, which may share a schema with those of others.
 *
 * @param owner the deployable: what PostgreSQL shows as the name of its connections
 * @param migrations the folder on the class path that holds their migrations
 * @param history the table in which Flyway notes which of them have run
 */
public record Tables(String owner, String migrations, String history) {}
