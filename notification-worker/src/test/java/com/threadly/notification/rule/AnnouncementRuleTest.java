package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.AnnouncementKind;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementRuleTest {

    private final Rules rules = Samples.rules();

    @ParameterizedTest
    @CsvSource({"ANNOUNCEMENT, global-announcements, announcement", "STATUS_UPDATE, status-updates, status-update"})
    void goesToItsPublicChannel(AnnouncementKind kind, String channel, String name) {
        assertThat(Samples.decide(rules, Samples.announcement(kind).build()))
                .isEqualTo(new Decision.Announce(
                        Samples.EVENT,
                        new PushEvent(
                                channel,
                                name,
                                "{\"id\":\"announcement-1\",\"title\":\"Sale\",\"message\":\"Everything must go.\","
                                        + "\"createdAt\":\"2026-01-01T12:00:00.120Z\"}")));
    }

    @Test
    void skipsAKindItDoesNotKnow() {
        assertThat(Samples.decide(
                        rules, Samples.announcement(AnnouncementKind.UNKNOWN).build()))
                .isEqualTo(new Decision.Skip("unknown_kind"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "é", "👗", "👨‍👩‍👧", "\n."})
    void cutsAMessageTooLongForOneEventAndSaysSo(String unit) {
        var announce = (Decision.Announce) Samples.decide(
                rules,
                Samples.announcement(AnnouncementKind.ANNOUNCEMENT)
                        .setMessage(unit.repeat(11_000))
                        .build());

        String data = announce.broadcast().data();
        assertThat(data.getBytes(StandardCharsets.UTF_8).length).isBetween(10_200, PushEvent.MAX_DATA_BYTES);
        assertThat(data).endsWith("…\",\"createdAt\":\"2026-01-01T12:00:00.120Z\",\"truncated\":true}");
    }
}
