package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.http.impl.client.DefaultConnectionKeepAliveStrategy;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A peer's settings.
 *
 * @param slots the maximum of requests in flight
 */
record PeerSettings(String kafka, String registry, String pusher, String group, int slots, int conversations) {

    static PeerSettings fromEnvironment() {
        return new PeerSettings(
                variable("KAFKA_BOOTSTRAP_SERVERS"),
                variable("SCHEMA_REGISTRY_URL"),
                variable("PUSHER_HOST"),
                variable("GROUP"),
                Integer.parseInt(variable("PUSH_MAX_IN_FLIGHT")),
                Integer.parseInt(variable("CONVERSATIONS")));
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    /** The client, with kept-alive connections for {@code threads} concurrent requests. */
    Pusher client(int threads) {
        var client = new Pusher("app", "key", "secret");
        client.setHost(pusher);
        client.setDataMarshaller(String.class::cast);
        client.setRequestTimeout(10_000);
        var pool = new PoolingHttpClientConnectionManager();
        pool.setMaxTotal(threads);
        pool.setDefaultMaxPerRoute(threads);
        client.configureHttpClient(HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setKeepAliveStrategy(DefaultConnectionKeepAliveStrategy.INSTANCE)
                .disableCookieManagement());
        return client;
    }

    AvroDecoder decoder() {
        return new AvroDecoder(SerdeConfig.of(Map.of(SerdeConfig.URL, registry)).connect());
    }

    Map<String, Object> consumerConfig() {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return config;
    }

    KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(consumerConfig());
    }
}
