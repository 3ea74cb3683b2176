package com.threadly.gateway;

import com.threadly.gateway.http.GatewayServer;
import com.threadly.pipeline.RecordPipeline;
import com.threadly.runtime.Service;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** The web server and the projection's consumer; when one ends, so does the other. */
record GatewayService(GatewayServer server, RecordPipeline projection) implements Service {

    @Override
    public void run() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var projecting = threads.submit(this::project);
            try {
                server.run();
            } finally {
                projection.stop();
            }
            projecting.get();
        }
    }

    private Void project() throws InterruptedException {
        try {
            projection.run();
            return null;
        } finally {
            server.stop();
        }
    }

    /** In parallel: each may take most of the stop's time limit. */
    @Override
    public void stop() {
        projection.stop();
        server.stop();
    }
}
