package io.kagu.statusapi.fold;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

import java.util.Map;

/**
 * Gives all stores of the process one bound on native memory. RocksDB's own defaults are per store,
 * and there are five stores for each partition.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BUFFERS_BYTES = 48L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    /**
     * What a write buffer takes first and each time it grows. By default it is an eighth of what a
     * buffer may have: many stores would fill the common bound while they are nearly empty, and
     * flush at every write.
     */
    private static final long ARENA_BYTES = 64L << 10;

    private static final int SHARD_BITS = 2;

    /** Each read needs an index and a filter; each of the blocks of rows, hardly any. */
    private static final double SHARE_OF_INDEXES = 0.5;

    /** Made with the first store, when the native library is loaded. */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(CACHE_BYTES, SHARD_BITS, false, SHARE_OF_INDEXES);
        static final WriteBufferManager WRITE_BUFFERS =
                new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setArenaBlockSize(ARENA_BYTES);
    }

    /** What is shared lives as long as the process. */
    @Override
    public void close(String storeName, Options options) {}
}
