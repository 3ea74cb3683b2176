package com.threadly.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** After how long without a heartbeat a group gives a member up. With KIP-848 only the broker knows. */
final class SessionTimeout {

    /** The broker's unless set, and the least that it takes unless set. */
    private static final Duration OF_KIP_848 = Duration.ofSeconds(45);

    private static final String OF_GROUP = "consumer.session.timeout.ms";
    private static final int TIMEOUT_MS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(SessionTimeout.class);

    private SessionTimeout() {}

    /** That of a consumer of {@code config}. */
    static Duration of(ConsumerConfig config, Map<String, Object> adminConfig) {
        if ("classic".equalsIgnoreCase(config.getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            return Duration.ofMillis(config.getInt(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
        }
        return asked(config.getString(ConsumerConfig.GROUP_ID_CONFIG), adminConfig);
    }

    private static Duration asked(String group, Map<String, Object> adminConfig) {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        try (Admin admin = Admin.create(adminConfig)) {
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .get(resource);
            ConfigEntry entry = config == null ? null : config.get(OF_GROUP);
            return entry == null || entry.value() == null
                    ? OF_KIP_848
                    : Duration.ofMillis(Long.parseLong(entry.value()));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            log.atInfo()
                    .addKeyValue("group", group)
                    .addKeyValue("cause", String.valueOf(e.getCause() == null ? e : e.getCause()))
                    .log("the broker does not tell the group's session timeout; taking it for 45 s");
            return OF_KIP_848;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OF_KIP_848;
        }
    }
}
