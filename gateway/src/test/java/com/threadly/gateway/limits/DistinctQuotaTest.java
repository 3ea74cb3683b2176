package com.threadly.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DistinctQuotaTest {

    private final AtomicLong nanos = new AtomicLong();
    private final DistinctQuota quota = new DistinctQuota(3, nanos::get);

    @Test
    void admitsSoManyChannelsAndTheSameOnesAgain() {
        assertThat(quota.admits("ana", List.of("a", "b"))).isTrue();
        assertThat(quota.admits("ana", List.of("b", "c"))).isTrue();
        assertThat(quota.admits("ana", List.of("d"))).isFalse();
        assertThat(quota.admits("ana", List.of("a", "d"))).isFalse();
        assertThat(quota.admits("ana", List.of("a", "b", "c"))).isTrue();
        assertThat(quota.admits("ben", List.of("d"))).isTrue();
    }

    @Test
    void countsNoneOfThoseThatAreTooManyAtOnce() {
        assertThat(quota.admits("ana", Set.of("a", "b", "c", "d"))).isFalse();
        assertThat(quota.admits("ana", Set.of("e", "f", "g"))).isTrue();
    }

    @Test
    void startsAgainAfterAWhileHoweverOftenTheUserCame() {
        assertThat(quota.admits("ana", List.of("a", "b"))).isTrue();
        nanos.addAndGet(DistinctQuota.WINDOW.toNanos() - 1);
        assertThat(quota.admits("ana", List.of("c"))).isTrue();
        assertThat(quota.admits("ana", List.of("d"))).isFalse();
        nanos.addAndGet(1);

        assertThat(quota.admits("ana", List.of("d"))).isTrue();
    }
}
