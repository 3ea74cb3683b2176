package com.threadly.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import com.threadly.runtime.settings.Secrets;

/** {@code %masked(...)} in a Logback pattern: its content with secrets masked. */
public final class MaskedConverter extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return Secrets.masked(text);
    }
}
