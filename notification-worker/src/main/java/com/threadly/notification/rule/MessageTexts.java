package com.threadly.notification.rule;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.text.Bidi;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/** User-facing texts from {@code texts*.properties} beside this class, in one of {@link Languages}. */
final class MessageTexts {

    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private final Locale locale;
    private final boolean rightToLeft;
    private final ResourceBundle bundle;

    /** Parsed once; a format is stateful, so each use has a copy. */
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

    /** Texts without arguments. */
    private final Map<String, String> constants = new ConcurrentHashMap<>();

    MessageTexts(Locale locale) {
        this.locale = locale;
        this.rightToLeft = ULocale.forLocale(locale).isRightToLeft();
        // Without fallback to the machine's language: the same events give the same rows everywhere.
        this.bundle = ResourceBundle.getBundle(
                MessageTexts.class.getPackageName() + ".texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Text of a user within ours: it does not change the direction of what stands around it. */
    String isolated(String text) {
        return rightToLeft || Bidi.requiresBidi(text.toCharArray(), 0, text.length())
                ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE
                : text;
    }

    String of(String key) {
        return constants.computeIfAbsent(key, absent -> of(absent, new Object[0]));
    }

    String of(String key, Object... arguments) {
        MessageFormat parsed =
                formats.computeIfAbsent(key, absent -> new MessageFormat(bundle.getString(absent), locale));
        return parsed.clone().format(arguments);
    }
}
