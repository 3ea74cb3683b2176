package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.process.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfile's steps, without Docker. */
class ImageIT {

    private static final Path ROOT = Path.of(System.getProperty("threadly.home", ".."));

    /** One that exits by itself, and the process with the most settings. */
    @ParameterizedTest
    @ValueSource(strings = {"provisioner", "gateway"})
    void isMadeOfWhatDockerignoreLetsThrough(String deployable, @TempDir Path folder) throws Exception {
        Path log = folder.resolve("check-image.log");
        var check = new ProcessBuilder(
                        ROOT.resolve("deploy/check-image.sh").toString(),
                        deployable,
                        ROOT.resolve(deployable + "/target/" + deployable + ".jar")
                                .toAbsolutePath()
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        check.environment().put("JAVA_HOME", System.getProperty("java.home"));
        check.environment().put("ADMIN_PORT", Integer.toString(new FreePorts(ThreadLocalRandom.current()).next()));

        int exitCode = check.start().waitFor();

        assertThat(exitCode).as(Files.readString(log)).isZero();
    }
}
