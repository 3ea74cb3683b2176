package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.threadly.events.PresenceChanged;
import com.threadly.serde.RegistryUnavailableException;
import com.threadly.serde.SchemaRegistryClient;
import com.threadly.serde.UndecodableException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegistryRetrierTest {

    private static final byte[] RECORD = {0, 0, 0, 0, 1, 2};

    private final AtomicReference<Supplier<Schema>> answer = new AtomicReference<>(() -> {
        throw new RegistryUnavailableException("away");
    });
    private final RegistryRetrier retrier = new RegistryRetrier(Clock.systemUTC());
    private final SchemaRegistryClient registry = new SchemaRegistryClient() {
        @Override
        public int idOf(String subject, Schema schema) {
            return 1;
        }

        @Override
        public Schema schemaOf(int id) {
            return answer.get().get();
        }

        @Override
        public boolean knows(int id) {
            return false;
        }

        @Override
        public void close() {}
    };

    @Test
    void keepsNoTroubleOfARecordThatNobodyCanDecodeAfterIt() {
        var decoded = reading();
        await().until(() -> retrier.trouble().isPresent());

        answer.set(() -> {
            throw new UndecodableException("no such schema");
        });

        assertThatThrownBy(decoded::join).hasCauseInstanceOf(UndecodableException.class);
        assertThat(retrier.trouble()).isEmpty();
    }

    @Test
    void keepsNoTroubleOnceItEnds() {
        var decoded = reading();
        await().until(() -> retrier.trouble().isPresent());

        retrier.end();

        assertThatThrownBy(decoded::join).hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThat(retrier.trouble()).isEmpty();
    }

    private CompletableFuture<PresenceChanged> reading() {
        var serde = retrier.over(registry, PresenceChanged.class);
        return CompletableFuture.supplyAsync(
                () -> serde.deserializer().deserialize("presence-events", RECORD),
                task -> Thread.ofVirtual().start(task));
    }
}
