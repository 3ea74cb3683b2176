package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSanitizerTest {

    @Test
    void makesOneLineOfControlCharactersAndBlanks() {
        assertThat(TextSanitizer.line(" Linen\t\r\n shirt\u0000\u001b[1m \u2028 M ", 60))
                .isEqualTo("Linen shirt[1m M");
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        assertThat(TextSanitizer.line("a\ud83db\ude00c", 60)).isEqualTo("a\ufffdb\ufffdc");
    }

    @Test
    void dropsWhatWouldTurnTheDirectionOfTheTextAround() {
        assertThat(TextSanitizer.line("\u202egnp.exe\u2066", 60)).isEqualTo("gnp.exe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b\u200d",
                "\ufeff",
                "\u3164",
                "\u115f\u1160",
                "\u2800",
                "\u00ad",
                "\u2060 \u180e",
                "\u0301",
                "\ufe0f",
                "\udb40\udc41",
                "\u00a0\u2003"
            })
    void isEmptyWhenNothingIsVisible(String text) {
        assertThat(TextSanitizer.line(text, 60)).isEmpty();
        assertThat(TextSanitizer.line(text + "A", 60)).endsWith("A");
    }

    @Test
    void cutsBetweenCharactersAsAPersonSeesThem() {
        String family = "👨‍👩‍👧";

        assertThat(TextSanitizer.line(family.repeat(4), 3)).isEqualTo(family.repeat(2) + "…");
        assertThat(TextSanitizer.line(family.repeat(3), 3)).isEqualTo(family.repeat(3));
        assertThat(TextSanitizer.line("e\u0301e\u0301e\u0301", 2)).isEqualTo("e\u0301…");
        assertThat(TextSanitizer.line("Linen shirt", 7)).isEqualTo("Linen…");
    }

    @Test
    void cutsBetweenWordsWhereOneEndsNearby() {
        assertThat(TextSanitizer.line("Vintage corduroy jacket", 20)).isEqualTo("Vintage corduroy…");
        assertThat(TextSanitizer.line("Donaudampfschifffahrtsgesellschaft", 20)).isEqualTo("Donaudampfschifffah…");
        assertThat(TextSanitizer.line("A Donaudampfschifffahrtsgesellschaft", 20))
                .isEqualTo("A Donaudampfschifff…");
    }

    @Test
    void keepsLineBreaksOfParagraphs() {
        assertThat(TextSanitizer.paragraphs("One \r\n\n two\u0007")).isEqualTo("One\n\ntwo");
    }

    @Property
    void boundsAnyTextAndBreaksNoPair(@ForAll("anyText") String text, @ForAll @IntRange(min = 2, max = 20) int limit) {
        String line = TextSanitizer.line(text, limit);

        assertThat(line.length()).isLessThanOrEqualTo(limit * 8 + 1);
        assertThat(line.codePoints()).noneMatch(c -> c < 0x20 || (c >= 0xD800 && c <= 0xDFFF));
    }

    @Provide
    Arbitrary<String> anyText() {
        return Arbitraries.strings().all().ofMaxLength(300);
    }
}
