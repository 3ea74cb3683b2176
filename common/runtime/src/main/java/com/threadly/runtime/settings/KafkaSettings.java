package com.threadly.runtime.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * How to reach Kafka. Every {@code KAFKA_*} variable that names a client setting passes through: {@code
 * KAFKA_SECURITY_PROTOCOL} becomes {@code security.protocol}, unless a guarantee depends on it ({@link
 * FixedClientSettings}). Others, such as {@code KAFKA_HEAP_OPTS} of a container image, are ignored, and
 * named in the log; one that looks like a misspelt setting is rejected ({@link ClientSettingNames}).
 */
public final class KafkaSettings {

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
                    "KAFKA_BOOTSTRAP_SERVERS", "Bootstrap brokers, host:port separated by commas.")
            .checked(KafkaSettings::addresses);

    static final Setting<String> CLIENT_SETTINGS = Setting.text(
            "KAFKA_*",
            "Any setting of Kafka's clients: KAFKA_SECURITY_PROTOCOL is security.protocol, KAFKA_GROUP_INSTANCE_ID"
                    + " enables static membership, KAFKA_GROUP_PROTOCOL=classic disables KIP-848. Those that a"
                    + " guarantee depends on, such as KAFKA_GROUP_ID or KAFKA_ACKS, are rejected by name.");

    private static final String PREFIX = "KAFKA_";
    /** Lists of classes; Kafka looks at them only when it creates a client. */
    private static final Map<String, Class<?>> CLASS_LISTS = Map.of(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
            MetricsReporter.class,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerPartitionAssignor.class);

    private static final Pattern COMMA = Pattern.compile(",");
    /** A listener name may precede it; an IPv6 address is in brackets. */
    private static final Pattern ADDRESS =
            Pattern.compile("([\\w.-]+://)?([^\\s,:/@\\[\\]]+|\\[[^\\s,\\]]+]):\\d{1,5}");

    private final Map<String, String> properties;

    private KafkaSettings(Map<String, String> properties) {
        this.properties = properties;
    }

    public static KafkaSettings from(Settings settings) {
        Map<String, String> properties = properties(settings);
        FixedClientSettings.refusals(properties).forEach(settings::reject);
        problems(properties).forEach(settings::reject);
        classProblems(properties).forEach(settings::reject);
        properties
                .keySet()
                .forEach(property -> ClientSettingNames.problem(property)
                        .ifPresentOrElse(settings::reject, () -> note(property, properties, settings)));
        if (!isJaasReadable(properties)) {
            settings.reject("KAFKA_SASL_JAAS_CONFIG is wrong: expected MODULE required NAME=\"VALUE\" ...;");
        }
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.get(BOOTSTRAP_SERVERS));
        return new KafkaSettings(Map.copyOf(properties));
    }

    private static void note(String property, Map<String, String> properties, Settings settings) {
        if (ClientSettingNames.isKnown(property)) {
            settings.show(
                    variable(property),
                    ClientSettingNames.isSecret(property) ? Secrets.MASK : properties.getOrDefault(property, ""));
        } else if (!FixedClientSettings.isOfStreams(property)) {
            settings.ignore(variable(property));
        }
    }

    /** Also rejects what may not be set for Kafka Streams, which takes {@code names}. */
    public static void checkForStreams(Settings settings, Set<String> names) {
        Map<String, String> properties = properties(settings);
        FixedClientSettings.streamsRefusals(properties).forEach(settings::reject);
        properties.forEach((property, value) -> {
            if (names.contains(property) && !ClientSettingNames.isSecret(property)) {
                settings.show(variable(property), value);
            }
        });
    }

    private static Map<String, String> properties(Settings settings) {
        var properties = new HashMap<String, String>();
        settings.all(CLIENT_SETTINGS)
                .forEach((name, value) -> properties.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value));
        properties.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        properties.entrySet().removeIf(property -> FixedClientSettings.isUnset(property.getKey(), property.getValue()));
        return properties;
    }

    private static String addresses(String text) {
        if (!COMMA.splitAsStream(text).map(String::strip).allMatch(ADDRESS.asMatchPredicate())) {
            throw new IllegalArgumentException("expected host:port, several separated by commas");
        }
        return text;
    }

    /** Values that a client would reject at its creation; the first reason for each. */
    private static Stream<String> problems(Map<String, String> properties) {
        return Stream.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
                .flatMap(clients -> clients.validate(properties).stream())
                .filter(value -> properties.containsKey(value.name()))
                .flatMap(value -> value.errorMessages().stream()
                        .limit(1)
                        .map(problem -> "%s is wrong: %s".formatted(variable(value.name()), problem)))
                .distinct();
    }

    private static Stream<String> classProblems(Map<String, String> properties) {
        return CLASS_LISTS.entrySet().stream()
                .flatMap(list -> COMMA.splitAsStream(properties.getOrDefault(list.getKey(), ""))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty() && !isA(list.getValue(), name))
                        .map(name -> "%s is wrong: there is no %s named %s"
                                .formatted(
                                        variable(list.getKey()), list.getValue().getSimpleName(), name)));
    }

    private static boolean isA(Class<?> type, String name) {
        try {
            return type.isAssignableFrom(Class.forName(name, false, Utils.getContextOrKafkaClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Kafka's own message for an unreadable entry may quote a password. */
    private static boolean isJaasReadable(Map<String, String> properties) {
        String jaas = properties.get(SaslConfigs.SASL_JAAS_CONFIG);
        try {
            if (jaas != null) {
                var _ = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)));
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String variable(String property) {
        return PREFIX + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Settings of a consumer, over {@code defaults}. */
    public Map<String, Object> consumer(Map<String, ?> defaults) {
        return over(defaults, ConsumerConfig.configNames()::contains);
    }

    /** Settings of a consumer without a group, which has no side effects, over {@code defaults}. */
    public Map<String, Object> reader(String clientId, Map<String, ?> defaults) {
        Map<String, Object> config = consumer(defaults);
        config.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.keySet().removeIf(key -> key.startsWith("group."));
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return config;
    }

    /**
     * Settings of a producer, over {@code defaults}.
     *
     * @throws InvalidSettingsException when settings conflict, such as timeouts
     */
    public Map<String, Object> producer(Map<String, ?> defaults) {
        Map<String, Object> config = over(defaults, ProducerConfig.configNames()::contains);
        var whole = new HashMap<>(config);
        whole.putIfAbsent(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        whole.putIfAbsent(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try {
            requireTimeForARequest(new ProducerConfig(whole));
        } catch (ConfigException e) {
            throw new InvalidSettingsException(List.of("KAFKA_*: " + e.getMessage()));
        }
        return config;
    }

    /** Only the producer itself would check this, and not as an error of settings. */
    private static void requireTimeForARequest(ProducerConfig config) {
        long least = config.getLong(ProducerConfig.LINGER_MS_CONFIG)
                + config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        int delivery = config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        if (delivery < least) {
            throw new ConfigException(String.format(
                    Locale.ROOT,
                    "delivery.timeout.ms is %d, less than linger.ms and request.timeout.ms together, %d; increase"
                            + " KAFKA_DELIVERY_TIMEOUT_MS",
                    delivery,
                    least));
        }
    }

    /** Settings of an admin client. */
    public Map<String, Object> admin() {
        return over(Map.of(), AdminClientConfig.configNames()::contains);
    }

    /** Settings among {@code names}, over {@code defaults}: for clients that this module does not know. */
    public Map<String, Object> among(Set<String> names, Map<String, ?> defaults) {
        return over(defaults, names::contains);
    }

    private Map<String, Object> over(Map<String, ?> defaults, Predicate<String> known) {
        var merged = new HashMap<String, Object>(defaults);
        merged.putAll(properties.entrySet().stream()
                .filter(property -> known.test(property.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return merged;
    }

    @Override
    public String toString() {
        // Values may be credentials (sasl.jaas.config, ssl.key.password).
        return "KafkaSettings" + properties.keySet();
    }
}
