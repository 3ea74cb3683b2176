package com.threadly.localstack.testing;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;
import com.threadly.localstack.servers.PostgresServer;
import com.threadly.localstack.servers.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One broker, one registry and one PostgreSQL for all tests of this JVM, each started when first asked for:
 * {@code @ExtendWith(Servers.Extension.class)} on a class, {@code Servers servers} as a parameter.
 */
public final class Servers implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));

    /** Each parallel JVM has its own, because they use the same names. */
    private static final Path LOGS =
            HOME.resolve("integration-tests/target/faults").resolve(System.getProperty("threadly.fork", "1"));

    private final Path folder;
    private final FreePorts ports = new FreePorts(RandomGenerator.getDefault());
    private final Watchdog watchdog = Watchdog.start();
    private final AtomicInteger names = new AtomicInteger();
    private @Nullable KafkaFixture kafka;
    private @Nullable SchemaRegistry registry;
    private @Nullable PostgresServer database;

    private Servers() {
        try {
            folder = Files.createTempDirectory("threadly-servers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the broker. */
    public synchronized String kafka() {
        KafkaFixture running = kafka;
        if (running == null) {
            kafka = running = KafkaFixture.start(folder.resolve("kafka"), ports);
        }
        return running.bootstrapServers();
    }

    /** The base of the registry's Confluent API. */
    public synchronized URI registry() {
        SchemaRegistry running = registry;
        if (running == null) {
            registry = running = SchemaRegistry.start(
                    registryProgram(),
                    folder.resolve("registry"),
                    ports.next(),
                    folder.resolve("registry.log"),
                    watchdog);
        }
        return running.url();
    }

    /** PostgreSQL; create your own database on it with {@link PostgresServer#create} and {@link #unique}. */
    public synchronized PostgresServer database() {
        PostgresServer running = database;
        if (running == null) {
            database = running =
                    PostgresServer.start(postgresPrograms(), folder.resolve("postgres"), ports.next(), watchdog);
        }
        return running;
    }

    /** A name for a topic, a group or a database that no other test on these servers has. */
    public String unique(String stem) {
        return stem + "-" + names.incrementAndGet();
    }

    /** A log file for a process that a test starts, to explain a failure. */
    public Path log(String stem) {
        return LOGS.resolve(unique(stem) + ".log");
    }

    public FreePorts ports() {
        return ports;
    }

    public Watchdog watchdog() {
        return watchdog;
    }

    /** Where the build unpacked the registry. */
    public static Path registryProgram() {
        return HOME.resolve("local-stack/target/registry");
    }

    /** Where PostgreSQL's programs are unpacked to. */
    public static Path postgresPrograms() {
        return HOME.resolve("local-stack/target/postgres");
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(database).ifPresent(PostgresServer::close);
        Optional.ofNullable(registry).ifPresent(SchemaRegistry::close);
        Optional.ofNullable(kafka).ifPresent(KafkaFixture::close);
        watchdog.close();
        Folders.delete(folder);
    }

    /** Passes the one instance to tests, and stops it after the last one. */
    public static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Servers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            // Each fork gets one class after the other, and each class is a separate run.
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL)
                    .computeIfAbsent(Servers.class, _ -> new Servers(), Servers.class);
        }
    }
}
