package com.threadly.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON on virtual threads. */
public final class JsonMappers {

    /** Jackson's own pool is per thread: useless for a virtual thread that writes a few payloads and ends. */
    private static final JsonFactory BUFFERS_OF_ALL_THREADS = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private JsonMappers() {}

    /** A mapper whose buffers are used again by all threads, and which is otherwise as Jackson's default. */
    public static JsonMapper.Builder builder() {
        return JsonMapper.builder(BUFFERS_OF_ALL_THREADS);
    }
}
