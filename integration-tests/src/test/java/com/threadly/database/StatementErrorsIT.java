package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.servers.PostgresServer;
import com.threadly.localstack.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.argument.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What statements say when the database, or the driver, does not take their values. */
@ExtendWith(Servers.Extension.class)
class StatementErrorsIT {

    private static final String INSERT = "INSERT INTO note (id, text) VALUES (:id, :text)";
    private static final String CONTENT = "confidential";
    private static final Tables TABLES =
            new Tables("errors", "com/threadly/notification/inbox/migrations", "errors_history");

    @Test
    void holdNeitherStatementsNorTheirValues(Servers servers) {
        PostgresServer server = servers.database();
        var settings = OwnerSettings.of(server, server.create(servers.unique("errors")), 1, Duration.ofSeconds(5));
        try (Database database = Database.open(settings, TABLES, new SimpleMeterRegistry())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> database.trouble().isEmpty());
            Stream.<HandleCallback<Object, RuntimeException>>of(
                            handle -> handle.execute("CREATE TABLE note (id integer PRIMARY KEY, text varchar(20))"),
                            handle -> insert(handle, 1, CONTENT))
                    .forEach(work ->
                            assertThat(catchThrowable(() -> database.use(work))).isNull());

            for (HandleCallback<Object, RuntimeException> refused : List.<HandleCallback<Object, RuntimeException>>of(
                    handle -> insert(handle, 1, CONTENT),
                    handle -> insert(handle, 2, CONTENT.repeat(10)),
                    handle -> handle.createUpdate(INSERT)
                            .bind("id", 3)
                            .bind("text", unusable())
                            .execute(),
                    handle -> {
                        var batch = handle.prepareBatch(INSERT);
                        for (int id = 1; id < 4; id++) {
                            batch.bind("id", id).bind("text", CONTENT).add();
                        }
                        return batch.execute();
                    })) {
                Throwable failure = catchThrowable(() -> database.use(refused));

                assertThat(failure).isInstanceOf(RuntimeException.class);
                assertThat(stackTrace(failure)).doesNotContain("INSERT", CONTENT);
            }
        }
    }

    private static int insert(Handle handle, int id, String text) {
        return handle.createUpdate(INSERT).bind("id", id).bind("text", text).execute();
    }

    private static Argument unusable() {
        return (_, _, _) -> {
            throw new DateTimeException("beyond the year 294276");
        };
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
