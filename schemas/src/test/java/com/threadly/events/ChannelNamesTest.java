package com.threadly.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNamesTest {

    @ParameterizedTest
    @CsvSource({
        "linen dress, presence-search-linen=20dress",
        "Größe, presence-search-Gr=C3=B6=C3=9Fe",
        "a=b, presence-search-a=3Db"
    })
    void spellsASearchInPushersAlphabet(String query, String channel) {
        assertThat(ChannelNames.search(query)).isEqualTo(channel);
    }

    @Property
    void anyTextCanBeReadBack(@ForAll String text) {
        String encoded = ChannelNames.encoded(text);

        assertThat(encoded).matches("[A-Za-z0-9_\\-=@,.;]*");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(URLDecoder.decode(encoded.replace('=', '%'), StandardCharsets.UTF_8))
                .isEqualTo(new String(utf8, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a#b", "ü"})
    void refusesAnIdThatNoChannelCanHave(String id) {
        assertThatThrownBy(() -> ChannelNames.conversation(id))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("conversationId ");
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        assertThat(ChannelNames.order("x".repeat(150))).hasSize(164);
        assertThatThrownBy(() -> ChannelNames.order("x".repeat(151)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("164");
    }
}
