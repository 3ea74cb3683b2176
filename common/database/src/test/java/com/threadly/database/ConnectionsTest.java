package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    /** The pool asks once, and takes a connection that breaks meanwhile for an answer. */
    @Test
    void doesNotDependOnWhatTheFirstConnectionSaysAboutIsolation() {
        var settings = new DatabaseSettings(
                DatabaseUrl.parse("jdbc:postgresql://db/inbox"),
                Optional.empty(),
                Optional.empty(),
                1,
                Duration.ofSeconds(5),
                true,
                Optional.empty());

        assertThat(Connections.pool(settings, new Tables("owner", "migrations", "history"), new SimpleMeterRegistry())
                        .getTransactionIsolation())
                .isEqualTo("TRANSACTION_READ_COMMITTED");
    }
}
