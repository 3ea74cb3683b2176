package com.threadly.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.pipeline.PipelineFixture;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class GroupOffsetsTest {

    @Test
    void aHostThatNoNameServerKnowsMayBeKnownLater() {
        var offsets =
                new GroupOffsets(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka.invalid:9092"), "a-group");

        assertThatThrownBy(() -> offsets.of(Set.of(PipelineFixture.PARTITION)))
                .isInstanceOf(UnavailableException.class);
    }
}
