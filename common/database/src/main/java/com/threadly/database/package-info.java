/** PostgreSQL: settings, migrations, and behavior during outages. */
@org.jspecify.annotations.NullMarked
package com.threadly.database;
