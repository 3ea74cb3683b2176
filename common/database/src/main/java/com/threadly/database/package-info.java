/** PostgreSQL for those who keep something: its settings, its migrations, and what happens while it is down. */
@org.jspecify.annotations.NullMarked
package com.threadly.database;
