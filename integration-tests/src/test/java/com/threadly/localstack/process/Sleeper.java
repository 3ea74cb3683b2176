package com.threadly.localstack.process;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** A program for tests: ready on the port of the first argument; a second argument makes it exit with 3 at once. */
final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("hello from " + System.getenv("SLEEPER_NAME"));
        if (arguments.length > 1) {
            System.out.println("cannot go on");
            System.exit(3);
        }
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
        new CountDownLatch(1).await();
    }
}
