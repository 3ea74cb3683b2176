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

class ChannelsTest {

    @ParameterizedTest
    @CsvSource({
        "linen dress, presence-search-linen=20dress",
        "Größe, presence-search-Gr=C3=B6=C3=9Fe",
        "a=b, presence-search-a=3Db"
    })
    void spellsASearchInPushersAlphabet(String query, String channel) {
        assertThat(Channels.search(query)).isEqualTo(channel);
    }

    @Property
    void anyTextCanBeReadBack(@ForAll String text) {
        String encoded = Channels.encoded(text);

        assertThat(encoded).matches("[A-Za-z0-9_\\-=@,.;]*");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(URLDecoder.decode(encoded.replace('=', '%'), StandardCharsets.UTF_8))
                .isEqualTo(new String(utf8, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a#b", "ü"})
    void refusesAnIdThatNoChannelCanHave(String id) {
        assertThatThrownBy(() -> Channels.conversation(id))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("conversationId ");
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        assertThat(Channels.order("x".repeat(150))).hasSize(164);
        assertThatThrownBy(() -> Channels.order("x".repeat(151)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("164");
    }
}
