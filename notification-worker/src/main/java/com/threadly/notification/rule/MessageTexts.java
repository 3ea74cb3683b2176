package com.threadly.notification.rule;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/** User-facing texts from {@code texts*.properties} beside this class, in one of {@link Languages}. */
final class MessageTexts {

    private final Locale locale;
    private final ResourceBundle bundle;

    /** Parsed once; a format is stateful, so each use has a copy. */
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

    /** Texts without arguments. */
    private final Map<String, String> constants = new ConcurrentHashMap<>();

    MessageTexts(Locale locale) {
        this.locale = locale;
        // Without fallback to the machine's language: the same events give the same rows everywhere.
        this.bundle = ResourceBundle.getBundle(
                MessageTexts.class.getPackageName() + ".texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String of(String key) {
        return constants.computeIfAbsent(key, absent -> of(absent, new Object[0]));
    }

    String of(String key, Object... arguments) {
        MessageFormat parsed =
                formats.computeIfAbsent(key, absent -> new MessageFormat(bundle.getString(absent), locale));
        return ((MessageFormat) parsed.clone()).format(arguments);
    }
}
