package com.threadly.presence.streams;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A separate driver for each test. */
abstract class DriverFixture {

    @TempDir
    Path stateDir;

    Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(stateDir);
    }

    @AfterEach
    void stop() {
        driver.close();
    }
}
