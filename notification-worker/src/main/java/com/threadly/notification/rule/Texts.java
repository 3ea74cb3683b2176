package com.threadly.notification.rule;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words people read, from {@code texts*.properties} beside this class, in one of {@link Languages}. */
final class Texts {

    private final Locale locale;
    private final ResourceBundle bundle;

    Texts(Locale locale) {
        this.locale = locale;
        // Without fallback to the machine's own language: the same events give the same rows everywhere.
        this.bundle = ResourceBundle.getBundle(
                Texts.class.getPackageName() + ".texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String of(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}
