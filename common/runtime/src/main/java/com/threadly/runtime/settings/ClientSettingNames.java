package com.threadly.runtime.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which names Kafka's clients know. A misspelt one would be ignored: a connection without encryption, say. */
final class ClientSettingNames {

    private static final List<ConfigDef> CLIENTS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    private static final Set<String> KNOWN =
            CLIENTS.stream().flatMap(client -> client.names().stream()).collect(Collectors.toUnmodifiableSet());

    /** What is set there protects credentials and records: a name that no client knows is an error, however odd. */
    private static final List<String> PROTECTING = List.of("sasl.", "security.", "ssl.");

    /** Letters that are missing, too many or wrong: more of them are another word. */
    private static final int MOST_TYPOS = 2;

    private static final int SHORTEST = 6;

    private ClientSettingNames() {}

    static boolean isKnown(String property) {
        return KNOWN.contains(property);
    }

    /** Whether a value is never to be shown. */
    static boolean isSecret(String property) {
        return CLIENTS.stream()
                .flatMap(client -> Stream.ofNullable(client.configKeys().get(property)))
                .anyMatch(key -> key.type == ConfigDef.Type.PASSWORD);
    }

    /** Why a name that no client knows cannot be meant as it is; empty for others, which may be for somebody else. */
    static Optional<String> problem(String property) {
        if (isKnown(property) || FixedClientSettings.isOfStreams(property)) {
            return Optional.empty();
        }
        Optional<String> meant = similar(property);
        if (meant.isEmpty() && PROTECTING.stream().noneMatch(property::startsWith)) {
            return Optional.empty();
        }
        return Optional.of("%s is no setting of Kafka's clients; %s"
                .formatted(
                        KafkaSettings.variable(property),
                        meant.map(name -> "did you mean " + KafkaSettings.variable(name) + "?")
                                .orElse("leave it out")));
    }

    private static Optional<String> similar(String property) {
        return property.length() < SHORTEST
                ? Optional.empty()
                : KNOWN.stream()
                        .filter(name -> typos(property, name) <= MOST_TYPOS)
                        .min(Comparator.<String>comparingInt(name -> typos(property, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance. */
    private static int typos(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[other.length()];
    }
}
