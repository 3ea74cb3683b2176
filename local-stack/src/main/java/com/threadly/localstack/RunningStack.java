package com.threadly.localstack;

import com.threadly.localstack.subscribe.PusherEndpoint;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The addresses and secrets of a running stack. */
public final class RunningStack {

    public static final Setting<URI> GATEWAY_URL = Setting.uri("GATEWAY_URL", "Base address of the gateway.");

    public static final Setting<String> DEVELOPMENT_SECRET =
            Setting.secret("AUTH_DEVELOPMENT_SECRET", "Secret with which the gateway verifies development tokens.");

    private final Supplier<Optional<Map<String, String>>> stack;
    private final Map<String, String> environment;

    private RunningStack(Supplier<Optional<Map<String, String>>> stack, Map<String, String> environment) {
        this.stack = stack;
        this.environment = Map.copyOf(environment);
    }

    /** The running demo of the project in {@code home}, unless the environment names another stack. */
    public RunningStack(Path home, Map<String, String> environment) {
        this(() -> RunningFile.read(home), environment);
    }

    /** The stack of this process, whatever else is running. */
    public static RunningStack of(LocalStack stack) {
        return of(stack, Map.of());
    }

    /** Like {@link #of(LocalStack)}, with the caller's own {@code settings}. */
    public static RunningStack of(LocalStack stack, Map<String, String> settings) {
        var known = new HashMap<>(stack.settings());
        known.put(GATEWAY_URL.name(), stack.gateway().toString());
        return new RunningStack(() -> Optional.of(known), settings);
    }

    /** Connects a producer; {@link KafkaSettings} and {@link RegistrySettings} read its addresses. */
    public TrafficProducer producer() {
        return producer((_, _) -> {});
    }

    /** The same; {@code stored} is called with each acknowledged event, on the producer's thread. */
    public TrafficProducer producer(BiConsumer<? super Emission<?>, RecordMetadata> stored) {
        return read(settings -> {
            KafkaSettings kafka = KafkaSettings.from(settings);
            RegistrySettings registry = RegistrySettings.from(settings);
            settings.verify();
            return new TrafficProducer(kafka, registry, stored);
        });
    }

    public String brokers() {
        return read(settings -> settings.get(KafkaSettings.BOOTSTRAP_SERVERS));
    }

    public PusherEndpoint pusher() {
        return read(settings -> {
            String key = settings.get(PusherSettings.KEY);
            boolean tls = settings.get(PusherSettings.TLS);
            return settings.find(PusherSettings.HOST)
                    .map(host -> PusherEndpoint.of(key, host, tls))
                    .orElseGet(() -> PusherEndpoint.ofCluster(key, settings.get(PusherSettings.CLUSTER)));
        });
    }

    public URI gateway() {
        return read(settings -> settings.get(GATEWAY_URL));
    }

    public String developmentSecret() {
        return read(settings -> settings.get(DEVELOPMENT_SECRET));
    }

    private <T> T read(Function<Settings, T> reader) {
        Optional<Map<String, String>> running = stack.get();
        Map<String, String> merged = new HashMap<>(running.orElse(Map.of()));
        merged.putAll(environment);
        Settings settings = Settings.of(merged);
        try {
            T value = reader.apply(settings);
            settings.verify();
            return value;
        } catch (InvalidSettingsException missing) {
            throw new NotRunningException(missing.problems(), running.isPresent());
        }
    }
}
