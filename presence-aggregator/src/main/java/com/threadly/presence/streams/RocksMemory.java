package com.threadly.presence.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** The memory outside the heap that all stores of a process share, whatever the number of partitions. */
final class RocksMemory implements AutoCloseable {

    /** Where {@link Setter} finds this object among the settings. */
    static final String CONFIG = "threadly.rocks.memory";

    static final long CACHE_BYTES = 32L << 20;

    /**
     * Whichever store is written when this is reached flushes what it has, however little: with less than all stores have
     * when their buffers are full, they would write and merge tiny files all the time.
     */
    private static final long WRITE_BYTES = 48L << 20;

    /** Of each store; a second one fills while it is flushed. */
    private static final long WRITE_BUFFER_BYTES = 1L << 20;

    private final LRUCache cache;
    private final WriteBufferManager writes;

    RocksMemory() {
        RocksDB.loadLibrary();
        cache = new LRUCache(CACHE_BYTES);
        // Counted within the cache: one bound for reading and writing.
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
        // Streams leaves the filter out where most keys are, as if all that is asked for were there. Of a new channel,
        // or a new user, nothing is: without a filter each costs a read of a block.
        options.setOptimizeFiltersForHits(false);
        // Sixteen threads to open files, which a new store does not have, take a quarter of the time that it opens in.
        options.setMaxFileOpeningThreads(1);
        options.setWriteBufferManager(writes).setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    @Override
    public void close() {
        writes.close();
        cache.close();
    }

    /** Made by Kafka Streams, by name. */
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            if (configs.get(CONFIG) instanceof RocksMemory memory) {
                memory.limit(options);
            }
        }

        @Override
        public void close(String store, Options options) {
            // What is shared outlives each store.
        }
    }
}
