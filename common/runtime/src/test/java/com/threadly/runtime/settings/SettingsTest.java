package com.threadly.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Setting<Duration> PAUSE = Setting.duration("PAUSE", "How long to pause.");
    private static final Setting<Integer> SLOTS = Setting.integer("SLOTS", 1, 512, "How many at once.");
    private static final Setting<String> PASSWORD = Setting.secret("PASSWORD", "The password.");

    @Test
    void reportsEveryProblemAtOnce() {
        var settings = Settings.of(Map.of("SLOTS", "many", "PAUSE", "5 parsecs"));
        settings.get(PAUSE);
        settings.get(SLOTS);
        settings.get(PASSWORD);

        assertThatThrownBy(settings::verify)
                .asInstanceOf(type(InvalidSettingsException.class))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "PAUSE=5 parsecs is wrong: expected a number and a unit, such as 200ms, 30s, 10m, 1h"
                                        + " or 7d",
                                "SLOTS=many is wrong: expected a whole number from 1 to 512",
                                "PASSWORD is not set: The password."));
    }

    @ParameterizedTest
    @CsvSource({"0s", "0d", "0ms", "3651d", "999999999d"})
    void refusesTimesOfNothingAndOfMoreThanTenYears(String text) {
        var settings = Settings.of(Map.of("PAUSE", text));
        settings.get(PAUSE);

        assertThatThrownBy(settings::verify).hasMessageContaining("PAUSE=" + text + " is wrong: expected 1ms to 3650d");
    }

    @ParameterizedTest
    @CsvSource({"0s, 5m, 301s, expected 0s to 5m", "1500ms, 36h, 1s, expected 1500ms to 2160m"})
    void refusesTimesOutsideTheirRange(String min, String max, String text, String problem) {
        var settings = Settings.of(Map.of("MIN", min, "MAX", max, "PAUSE", text));
        Setting<Duration> any =
                Setting.duration("MIN", Duration.ZERO, Duration.ofDays(1), "").orElse("0s");
        Duration from = settings.get(any);
        Duration to = settings.get(Setting.duration("MAX", ""));
        settings.verify();

        assertThat(settings.get(Setting.duration("PAUSE", from, to, ""))).isEqualTo(Duration.ofSeconds(1));

        assertThatThrownBy(settings::verify).hasMessageContaining(problem);
    }

    @Test
    void neverShowsASecret() {
        var strict = Setting.parsed("PASSWORD", "The password.", Integer::parseInt, 0)
                .masked();
        var settings = Settings.of(Map.of("PASSWORD", "hunter2"));
        settings.get(strict);

        assertThat(settings.masked()).containsEntry("PASSWORD", "********");
        assertThatThrownBy(settings::verify).hasMessageNotContaining("hunter2");
    }

    @Test
    void prefersTheEnvironmentToTheFileAndTheFileToTheDefault(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.properties"), "SLOTS=8\nPAUSE=1s\n");
        var settings = Settings.load(Map.of("SLOTS", "9"), file);

        assertThat(settings.get(SLOTS.orElse("7"))).isEqualTo(9);
        assertThat(settings.get(PAUSE.orElse("3s"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(Settings.of(Map.of()).get(SLOTS.orElse("7"))).isEqualTo(7);
    }

    @Test
    void readsOnlyWholeAddresses() {
        var address = Setting.uri("ADDRESS", "Where.");
        var settings = Settings.of(Map.of("ADDRESS", "host only"));

        assertThat(Settings.of(Map.of("ADDRESS", "http://host:1")).get(address)).hasPort(1);
        settings.get(address);
        assertThatThrownBy(settings::verify).hasMessageContaining("ADDRESS=host only is wrong");
    }

    @Test
    void takesAnEmptyVariableForOneThatIsNotSet() {
        assertThat(Settings.of(Map.of("SLOTS", " ")).find(SLOTS)).isEmpty();
    }

    @Test
    void saysThatAFileCannotBeRead(@TempDir Path folder) {
        var settings = Settings.load(Map.of(), folder.resolve("missing.properties"));

        assertThatThrownBy(settings::verify).hasMessageContaining("missing.properties");
    }

    @ParameterizedTest
    @CsvSource({"200ms,PT0.2S", "30s,PT30S", "10m,PT10M", "1 h,PT1H", "7d,PT168H"})
    void readsDurationsAsOperatorsWriteThem(String text, Duration expected) {
        assertThat(Settings.of(Map.of("PAUSE", text)).get(PAUSE)).isEqualTo(expected);
    }

    @Test
    void passesClientSettingsThroughToTheClientsThatKnowThem() {
        var kafka = KafkaSettings.from(Settings.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "KAFKA_SASL_JAAS_CONFIG", "top secret",
                "KAFKA_GROUP_INSTANCE_ID", "pod-1",
                "KAFKA_HEAP_OPTS", "-Xmx1g")));

        assertThat(kafka.consumer(Map.of("group.id", "g", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500)))
                .containsEntry("sasl.jaas.config", "top secret")
                .containsEntry("group.instance.id", "pod-1")
                .containsEntry("group.id", "g")
                .doesNotContainKey("heap.opts");
        assertThat(kafka.producer(Map.of())).doesNotContainKey("group.instance.id");
        assertThat(kafka.toString()).doesNotContain("top secret");
    }

    @Test
    void reportsWhatNoKafkaClientWouldTake() {
        var settings = Settings.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9092,kafka-2",
                "KAFKA_SECURITY_PROTOCOL", "TELNET",
                "KAFKA_FETCH_MAX_WAIT_MS", "soon",
                "KAFKA_HEAP_OPTS", "-Xmx256m"));
        KafkaSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .asInstanceOf(type(InvalidSettingsException.class))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(3)
                        .anySatisfy(
                                problem -> assertThat(problem).contains("KAFKA_BOOTSTRAP_SERVERS=kafka-1:9092,kafka-2"))
                        .anySatisfy(problem -> assertThat(problem)
                                .contains("KAFKA_SECURITY_PROTOCOL")
                                .contains("TELNET"))
                        .anySatisfy(problem -> assertThat(problem).contains("KAFKA_FETCH_MAX_WAIT_MS")));
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_METRIC_REPORTERS, com.example.Missing",
        "KAFKA_METRIC_REPORTERS, java.lang.String",
        "KAFKA_PARTITION_ASSIGNMENT_STRATEGY, 'org.apache.kafka.clients.consumer.RangeAssignor,Missing'",
        "KAFKA_SASL_LOGIN_CLASS, com.example.Missing"
    })
    void refusesClassesThatNoClientCouldLoad(String name, String value) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", name, value));
        KafkaSettings.from(settings);

        assertThatThrownBy(settings::verify).hasMessageContaining(name + " is wrong: ");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_GROUP_ID, another, CONSUMER_GROUP",
        "KAFKA_CLIENT_ID, mine, leave it out",
        "KAFKA_ENABLE_AUTO_COMMIT, TRUE, COMMIT_INTERVAL",
        "KAFKA_ENABLE_AUTO_COMMIT, '${env:X}', COMMIT_INTERVAL",
        "KAFKA_AUTO_OFFSET_RESET, latest, START_AT",
        "KAFKA_AUTO_OFFSET_RESET, none, START_AT",
        "KAFKA_AUTO_OFFSET_RESET, by_duration:PT1H, START_AT",
        "KAFKA_ISOLATION_LEVEL, read_uncommitted, leave it out",
        "KAFKA_ALLOW_AUTO_CREATE_TOPICS, true, ./threadly topics apply",
        "KAFKA_CHECK_CRCS, false, leave it out",
        "KAFKA_KEY_DESERIALIZER, Mine, leave it out",
        "KAFKA_VALUE_DESERIALIZER, Mine, leave it out",
        "KAFKA_KEY_SERIALIZER, Mine, leave it out",
        "KAFKA_PARTITIONER_CLASS, Mine, leave it out",
        "KAFKA_INTERCEPTOR_CLASSES, com.example.Mine, leave it out",
        "KAFKA_PARTITIONER_IGNORE_KEYS, true, leave it out",
        "KAFKA_ACKS, 1, min.insync.replicas",
        "KAFKA_ENABLE_IDEMPOTENCE, false, leave it out",
        "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 6, at most",
        "KAFKA_RETRIES, 0, KAFKA_DELIVERY_TIMEOUT_MS",
        "KAFKA_TRANSACTIONAL_ID, mine, leave it out",
        "KAFKA_TRANSACTION_TWO_PHASE_COMMIT_ENABLE, true, leave it out",
        "KAFKA_MAX_REQUEST_SIZE, 1048576, 2097152",
        "KAFKA_BUFFER_MEMORY, 1048576, 2097152"
    })
    void refusesWhatAPromiseRestsOnAndSaysWhatToDoInstead(String name, String value, String instead) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", name, value));
        KafkaSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .hasMessageContaining(name + " may not be set: ")
                .hasMessageContaining(instead);
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_APPLICATION_ID, mine",
        "KAFKA_APPLICATION_SERVER, host:1",
        "KAFKA_STATE_DIR, /elsewhere",
        "KAFKA_PROCESSING_GUARANTEE, at_least_once",
        "KAFKA_ROCKSDB_CONFIG_SETTER, Mine",
        "KAFKA_DESERIALIZATION_EXCEPTION_HANDLER, Mine",
        "KAFKA_PROCESSING_EXCEPTION_HANDLER, Mine",
        "KAFKA_PRODUCTION_EXCEPTION_HANDLER, Mine"
    })
    void refusesWhatAPromiseOfStreamsRestsOnWhereThereAreStreams(String name, String value) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", name, value));
        KafkaSettings.from(settings);
        settings.verify();

        KafkaSettings.checkForStreams(settings, Set.of("num.stream.threads"));

        assertThatThrownBy(settings::verify).hasMessageContaining(name + " may not be set: ");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_GROUP_ID, ''",
        "KAFKA_ENABLE_AUTO_COMMIT, False",
        "KAFKA_AUTO_OFFSET_RESET, earliest",
        "KAFKA_ISOLATION_LEVEL, read_committed",
        "KAFKA_ACKS, all",
        "KAFKA_ACKS, -1",
        "KAFKA_ENABLE_IDEMPOTENCE, true",
        "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5",
        "KAFKA_RETRIES, 3",
        "KAFKA_PROCESSING_GUARANTEE, exactly_once_v2",
        "KAFKA_GROUP_REMOTE_ASSIGNOR, uniform",
        "KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM, ''"
    })
    void takesWhatBreaksNothing(String name, String value) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", name, value));
        var kafka = KafkaSettings.from(settings);
        KafkaSettings.checkForStreams(settings, Set.of("num.stream.threads"));

        settings.verify();
        assertThat(kafka.consumer(Map.of("group.id", "ours"))).containsEntry("group.id", "ours");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_SECURTY_PROTOCOL, did you mean KAFKA_SECURITY_PROTOCOL?",
        "KAFKA_SASL_MECHANISMS, did you mean KAFKA_SASL_MECHANISM?",
        "KAFKA_MAX_POLL_RECORD, did you mean KAFKA_MAX_POLL_RECORDS?",
        "KAFKA_SSLTRUSTSTORE_LOCATION, did you mean KAFKA_SSL_TRUSTSTORE_LOCATION?",
        "KAFKA_GROUP_PROTOKOLL, did you mean KAFKA_GROUP_PROTOCOL?",
        "KAFKA_SASL_USERNAME, leave it out",
        "KAFKA_SSL_CA, leave it out"
    })
    void refusesWhatLooksLikeAMisspeltSetting(String name, String instead) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", name, "hunter2"));
        KafkaSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .hasMessageContaining(name + " is no setting of Kafka's clients; " + instead)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAFKA_HEAP_OPTS",
                "KAFKA_OPTS",
                "KAFKA_PORT",
                "KAFKA_PORT_9092_TCP_ADDR",
                "KAFKA_SERVICE_HOST",
                "KAFKA_VERSION",
                "KAFKA_NUM_STREAM_THREADS"
            })
    void namesWhatIsIgnored(String name) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", name, "value"));
        KafkaSettings.from(settings);
        settings.verify();

        assertThat(settings.ignored()).containsExactly(name);
    }

    @Test
    void showsWhatKafkaStreamsTakes() {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "KAFKA_NUM_STREAM_THREADS", "2"));
        KafkaSettings.from(settings);
        KafkaSettings.checkForStreams(settings, Set.of("num.stream.threads"));

        assertThat(settings.masked()).containsEntry("KAFKA_NUM_STREAM_THREADS", "2");
        assertThat(settings.ignored()).isEmpty();
    }

    @Test
    void showsClientSettingsButNoSecrets() {
        var settings = Settings.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SSL_KEYSTORE_KEY", "-----BEGIN PRIVATE KEY-----",
                "KAFKA_SASL_JAAS_CONFIG", "org.apache.kafka.common.security.plain.PlainLoginModule required;"));
        KafkaSettings.from(settings);

        assertThat(settings.masked())
                .containsEntry("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
                .containsEntry("KAFKA_SSL_KEYSTORE_KEY", Secrets.MASK)
                .containsEntry("KAFKA_SASL_JAAS_CONFIG", Secrets.MASK);
        assertThat(settings.ignored()).isEmpty();
    }

    @Test
    void refusesProducerSettingsThatDoNotGoTogether() {
        var kafka = KafkaSettings.from(
                Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "KAFKA_REQUEST_TIMEOUT_MS", "30000")));

        assertThatThrownBy(() -> kafka.producer(Map.of("delivery.timeout.ms", 2_500)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("delivery.timeout.ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kafka:9092", "10.0.0.1:9092, kafka_2.internal:9093", "[::1]:9092", "SASL_SSL://kafka:9092"})
    void takesAddressesAsKafkaDoes(String addresses) {
        var settings = Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", addresses));

        assertThat(KafkaSettings.from(settings).admin()).containsEntry("bootstrap.servers", addresses);
        settings.verify();
    }
}
