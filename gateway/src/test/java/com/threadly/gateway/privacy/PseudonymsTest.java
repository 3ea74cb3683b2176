package com.threadly.gateway.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

    private static final String CHANNEL = "presence-product-1";

    private final Pseudonyms pseudonyms = new Pseudonyms("app-secret");

    @ParameterizedTest
    @ValueSource(strings = {"user", "ana", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4010"})
    void onlyTheGatewayReadsThemBack(String userId) {
        String name = name(CHANNEL, userId);

        assertThat(name).doesNotContain(userId).matches("[A-Za-z0-9_-]{1,128}");
        assertThat(pseudonyms.reveal(CHANNEL, name)).contains(userId);
        assertThat(new Pseudonyms("another secret").reveal(CHANNEL, name)).isEmpty();
    }

    @Test
    void aUserHasOneOnEachChannel() {
        assertThat(name(CHANNEL, "ana")).isEqualTo(name(CHANNEL, "ana"));
        Set<String> names = Stream.of("presence-product-1", "presence-product-2", "presence-search-1")
                .flatMap(channel -> Stream.of(name(channel, "ana"), name(channel, "ben")))
                .collect(Collectors.toSet());

        assertThat(names).hasSize(6);
        assertThat(pseudonyms.reveal("presence-product-2", name(CHANNEL, "ana")))
                .as("taken from another channel")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ana", "AAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAA", "a b", "\u00e9", "x.y"})
    void nobodyElseHasOne(String name) {
        assertThat(pseudonyms.reveal(CHANNEL, name)).isEmpty();
    }

    @Test
    void allAreOfOneLength() {
        assertThat(Stream.of("u", "ana", "u".repeat(84))
                        .map(id -> name(CHANNEL, id).length()))
                .containsOnly(128);
    }

    /** Of {@code ana}, as Pusher still has it of connections from before. */
    @Test
    void oneOfAnEarlierReleaseIsReadBack() {
        assertThat(pseudonyms.reveal(CHANNEL, "u9_WL2sPsPC9MniAW3ea")).contains("ana");
    }

    @Test
    void theLongestFitsIntoPushersLimit() {
        assertThat(name(CHANNEL, "u".repeat(84))).hasSize(128);
        assertThat(pseudonyms.of(CHANNEL, "u".repeat(85))).isEmpty();
    }

    private String name(String channel, String userId) {
        return pseudonyms.of(channel, userId).orElseThrow();
    }
}
