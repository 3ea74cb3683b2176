package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.JOINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stores of the topology share one bounded memory, by RocksDB's own metrics. */
class RocksMemoryTest {

    private static final List<String> STORES = List.of(PresenceTopology.VIEWERS_STORE, PresenceTopology.USERS_STORE);

    /** Half a write buffer: a full one is flushed at once, and no longer in memory. */
    private static final int WRITTEN = 1 << 19;

    @TempDir
    Path stateDir;

    @Test
    void isWhatAllStoresHave() {
        try (var driver = new Driver(stateDir, Stores::persistentKeyValueStore)) {
            assertThat(STORES)
                    .allSatisfy(store -> assertThat(driver.rocksMetric("block-cache-capacity", store))
                            .isEqualTo(RocksMemory.CACHE_BYTES));

            long before = driver.rocksMetric("block-cache-usage", PresenceTopology.USERS_STORE);
            driver.store(PresenceTopology.VIEWERS_STORE).put(Bytes.wrap(new byte[] {1}), new byte[WRITTEN]);
            driver.send("ana", JOINED);

            assertThat(driver.rocksMetric("block-cache-usage", PresenceTopology.USERS_STORE))
                    .as("counts what another store has written")
                    .isGreaterThanOrEqualTo(before + WRITTEN);
        }
    }
}
