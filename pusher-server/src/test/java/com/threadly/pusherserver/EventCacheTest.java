package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCacheTest {

    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final EventCache cache = new EventCache(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @ParameterizedTest
    @CsvSource({
        "cache-news, true",
        "private-cache-viewers-product-1, true",
        "private-encrypted-cache-c1, true",
        "presence-cache-room, true",
        "private-user-u1, false",
        "news-cache-, false",
        "presence-product-cache-1, false",
    })
    void coversCacheChannels(String channel, boolean covered) {
        assertThat(EventCache.covers(channel)).isEqualTo(covered);
    }

    @Test
    void keepsTheLastEventForHalfAnHour() {
        cache.put("cache-news", "first");
        cache.put("cache-news", "second");
        now = now.plus(EventCache.LIFE).minusMillis(1);

        assertThat(cache.last("cache-news")).hasValue("second");
        assertThat(cache.last("cache-other")).isEmpty();
        now = now.plusMillis(1);
        assertThat(cache.last("cache-news")).isEmpty();
    }
}
