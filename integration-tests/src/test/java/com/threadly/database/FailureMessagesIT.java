package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.HandleCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a statement's failure says reaches logs, dead letters and their headers: no statement, and no value of a row. */
@ExtendWith(Servers.Extension.class)
class FailureMessagesIT {

    private static final String INSERT = "INSERT INTO pushed_event (event_id) VALUES (CAST(:id AS uuid))";
    private static final String ID = "3f2c8f5e-0000-4000-8000-000000000001";

    private final Database database;

    FailureMessagesIT(Servers servers) {
        var settings = new DatabaseSettings(
                DatabaseUrl.parse(servers.database().create(servers.unique("failures"))),
                Optional.of(servers.database().user()),
                Optional.of(servers.database().password()),
                1,
                Duration.ofSeconds(10),
                Optional.empty());
        var tables = new Tables("failures", "com/threadly/notification/inbox/migrations", "failures_history");
        database = Database.open(settings, tables, new SimpleMeterRegistry());
        await().until(() -> database.trouble().isEmpty());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aStatementThatFailsShowsNothingOfIt() throws Exception {
        HandleCallback<Integer, RuntimeException> insert =
                handle -> handle.createUpdate(INSERT).bind("id", ID).execute();
        var _ = database.use(insert);

        expectNothingOf(catchThrowable(() -> database.use(insert)));
    }

    @Test
    void norDoesABatch() throws Exception {
        HandleCallback<Integer, RuntimeException> insert = handle -> handle.prepareBatch(INSERT)
                .bind("id", ID)
                .add()
                .bind("id", ID)
                .add()
                .execute()
                .length;

        expectNothingOf(catchThrowable(() -> database.inTransaction(insert)));
    }

    private static void expectNothingOf(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).contains("duplicate key").doesNotContain(ID).doesNotContain("INSERT INTO");
    }
}
