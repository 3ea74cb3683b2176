package com.threadly.presence.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** The off-heap memory that all stores of a process share, regardless of the number of partitions. */
final class RocksMemory implements AutoCloseable {

    /** The setting in which {@link Setter} finds this object. */
    static final String CONFIG = "threadly.rocks.memory";

    static final long CACHE_BYTES = 32L << 20;

    /**
     * The store that reaches this on a write flushes its buffer, however small: with less than the sum of all full
     * buffers, stores would constantly write and merge tiny files.
     */
    private static final long WRITE_BYTES = 48L << 20;

    /** RocksDB chooses. */
    private static final int SHARDS_BY_SIZE = -1;

    private static final double INDEX_SHARE = 0.5;

    /** Per store; a second buffer fills while this one is flushed. */
    private static final long WRITE_BUFFER_BYTES = 1L << 20;

    private final LRUCache cache;
    private final WriteBufferManager writes;

    RocksMemory() {
        RocksDB.loadLibrary();
        // Without a share of their own, indexes and filters would have no priority.
        cache = new LRUCache(CACHE_BYTES, SHARDS_BY_SIZE, false, INDEX_SHARE);
        // Counted in the cache: one limit for reads and writes.
        writes = new WriteBufferManager(WRITE_BYTES, cache);
    }

    private void limit(Options options) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(cache)
                    .setCacheIndexAndFilterBlocks(true)
                    .setCacheIndexAndFilterBlocksWithHighPriority(true)
                    .setPinL0FilterAndIndexBlocksInCache(true)
                    .setPinTopLevelIndexAndFilter(true);
            options.setTableFormatConfig(table);
        }
        // Streams omits the filter on the last level, as if every requested key existed. Keys of a new channel or user
        // do not: without a filter, each costs a block read.
        options.setOptimizeFiltersForHits(false);
        // Sixteen threads for opening files, which a new store does not have, take a quarter of its opening time.
        options.setMaxFileOpeningThreads(1);
        options.setWriteBufferManager(writes).setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    @Override
    public void close() {
        writes.close();
        cache.close();
    }

    /** Created by Kafka Streams by name. */
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            if (configs.get(CONFIG) instanceof RocksMemory memory) {
                memory.limit(options);
            }
        }

        @Override
        public void close(String store, Options options) {
            // Shared objects outlive each store.
        }
    }
}
