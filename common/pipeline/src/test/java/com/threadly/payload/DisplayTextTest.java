package com.threadly.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DisplayTextTest {

    @Test
    void removesControlCharactersAndReplacesBrokenSurrogates() {
        assertThat(DisplayText.cleaned("a\u0000b\u0007\u009Fc\n\td")).isEqualTo("abc\n\td");
        assertThat(DisplayText.cleaned("x\uD83Dy\uDE00z")).isEqualTo("x\uFFFDy\uFFFDz");
        assertThat(DisplayText.cleaned("fine 😀")).isEqualTo("fine 😀");
    }

    @Property
    void fitsIntoJsonAndCutsOnlyWhereItMust(@ForAll String text, @ForAll @IntRange(max = 60) int maxBytes) {
        String clean = DisplayText.cleaned(text);

        String cut = DisplayText.fitting(clean, maxBytes);

        assertThat(clean).startsWith(cut);
        assertThat(jsonBytes(cut)).isLessThanOrEqualTo(maxBytes);
        if (!cut.equals(clean)) {
            int next = clean.codePointAt(cut.length());
            assertThat(jsonBytes(cut + Character.toString(next))).isGreaterThan(maxBytes);
        }
    }

    private static int jsonBytes(String text) {
        return Payloads.json(text).getBytes(StandardCharsets.UTF_8).length - 2;
    }
}
