package com.threadly.localstack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A program for tests: starts a {@link Sleeper} under a watchdog, prints its process id and waits to be killed. */
final class SleeperParent {

    private SleeperParent() {}

    public static void main(String[] arguments) throws Exception {
        Program sleeper = Sleepers.program(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
        ChildProcess child = ChildProcess.start(sleeper, Watchdog.start()).awaitReady(Duration.ofSeconds(30));
        System.out.println(child.pid());
        new CountDownLatch(1).await();
    }
}
