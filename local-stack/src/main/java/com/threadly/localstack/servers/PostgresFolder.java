package com.threadly.localstack.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;

/** What one PostgreSQL server keeps on disk: its data, log and password. */
record PostgresFolder(Path programs, Path data, Path log, Path passwordFile, String password) {

    /** The user that the embedding library connects as. */
    static final String SUPERUSER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static PostgresFolder in(Path folder, Path programs, Path log) {
        Path home = folder.toAbsolutePath();
        Path passwordFile = home.resolve("password");
        try {
            Files.createDirectories(home);
            Files.createDirectories(log.toAbsolutePath().getParent());
            if (!Files.exists(passwordFile)) {
                Files.createFile(passwordFile, OWNER_ONLY);
                Files.writeString(passwordFile, UUID.randomUUID().toString());
            }
            return new PostgresFolder(
                    programs.toAbsolutePath(), home.resolve("data"), log, passwordFile, Files.readString(passwordFile));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep PostgreSQL's data in " + folder, e);
        }
    }

    EmbeddedPostgres.Builder settingsFor(int port) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setConnectConfig("password", password)
                // These become options of initdb. The library passes "trust" first; the last option wins.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                // The library turns it off, but an acknowledged commit must survive a crash of the server.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("unix_socket_directories", "");
    }

    /** The server's main process; its id is the first line of PostgreSQL's pid file. */
    ProcessHandle postmaster() {
        Path file = data.resolve("postmaster.pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("PostgreSQL has just ended"));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL is running without " + file, e);
        }
    }
}
