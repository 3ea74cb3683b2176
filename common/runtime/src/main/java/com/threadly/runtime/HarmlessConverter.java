package com.threadly.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** {@code %harmless(...)} in a Logback pattern: its content on one line, with secrets masked. */
public final class HarmlessConverter extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return LogText.harmless(text);
    }
}
