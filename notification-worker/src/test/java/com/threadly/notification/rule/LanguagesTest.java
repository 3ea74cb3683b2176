package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.text.MessageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    private static final Object[] ARGUMENTS = {3, "Ana", 2};

    static List<String> all() {
        return Languages.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysEverythingThatEnglishSays(String language) {
        Map<String, Integer> english = arguments(Locale.ENGLISH);

        assertThat(arguments(Locale.of(language))).isEqualTo(english).hasSizeGreaterThan(30);
    }

    @Test
    void offersEveryLanguageThatHasTexts() throws Exception {
        Path folder = Path.of(MessageTexts.class.getResource("texts.properties").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("texts.*\\.properties"))
                            .map(name -> name.replaceAll("texts_?|\\.properties", ""))
                            .map(language -> language.isEmpty() ? "en" : language))
                    .containsExactlyInAnyOrderElementsOf(Languages.ALL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "en-GB", "de", "de-AT"})
    void takesTagsWithARegion(String tag) {
        assertThat(Languages.locale(tag).toLanguageTag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "", "de_AT!", "english"})
    void refusesOthersAndNamesThose(String tag) {
        assertThatThrownBy(() -> Languages.locale(tag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("en, de");
    }

    @Test
    void doesNotTakeTheWordsOfTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(new MessageTexts(Locale.ENGLISH).of("order.untitled")).isEqualTo("your item");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** The texts by key, with their number of arguments; each must be a valid format. */
    private static Map<String, Integer> arguments(Locale locale) {
        // No parent: missing keys stay missing.
        var bundle = ResourceBundle.getBundle(MessageTexts.class.getPackageName() + ".texts", locale, new Control() {
            @Override
            public List<Locale> getCandidateLocales(String baseName, Locale wanted) {
                return wanted.getLanguage().equals("en") ? List.of(Locale.ROOT) : List.of(wanted);
            }
        });
        var arguments = new TreeMap<String, Integer>();
        for (String key : bundle.keySet()) {
            var format = new MessageFormat(bundle.getString(key), locale);
            assertThat(format.format(ARGUMENTS)).as(key).isNotBlank().doesNotContain("''", "{", "}");
            arguments.put(key, format.getArgumentNames().size());
        }
        return arguments;
    }
}
