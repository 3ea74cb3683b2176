package com.threadly.stack.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PusherJsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final PusherJs CDN = new PusherJs.Cdn(PageFixture.CDN);

    @TempDir
    private Path folder;

    @BeforeEach
    void writeManifest() throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"dependencies\":{\"pusher-js\":\"8.6.0\"}}");
    }

    @Test
    void isInstalledOnceByNpm() throws Exception {
        Optional<Npm> npm = npm("""
                echo "$@" >> calls
                mkdir -p node_modules/pusher-js/dist/web
                echo js > node_modules/pusher-js/dist/web/pusher.min.js
                """, LIMIT);
        PusherJs first = PusherJs.in(folder, npm);
        assertThat(first)
                .isEqualTo(new PusherJs.Installed(folder.resolve("node_modules/pusher-js/dist/web/pusher.min.js")));
        assertThat(PusherJs.in(folder, npm)).isEqualTo(first);
        assertThat(folder.resolve("calls")).hasContent("ci --ignore-scripts --silent");
    }

    @Test
    void comesFromTheNetworkInTheSameVersionWithoutNpm() throws Exception {
        assertThat(PusherJs.in(folder, Npm.on(folder.toString()))).isEqualTo(CDN);
        assertThat(PusherJs.in(folder, Npm.on(null))).isEqualTo(CDN);
    }

    @Test
    void comesFromTheNetworkWhenNpmFails() throws Exception {
        assertThat(PusherJs.in(folder, npm("exit 1", LIMIT))).isEqualTo(CDN);
    }

    @Test
    void comesFromTheNetworkWhenNpmHangs() throws Exception {
        assertThat(PusherJs.in(folder, npm("exec sleep 600", Duration.ofMillis(200))))
                .isEqualTo(CDN);
    }

    @Test
    void comesFromTheNetworkWhenNpmCannotStart() throws Exception {
        assertThat(PusherJs.in(folder, Optional.of(new Npm(folder.resolve("nowhere"), LIMIT))))
                .isEqualTo(CDN);
    }

    private Optional<Npm> npm(String script, Duration limit) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve("npm"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Npm.on(bin.toString()).map(found -> new Npm(found.program(), limit));
    }
}
