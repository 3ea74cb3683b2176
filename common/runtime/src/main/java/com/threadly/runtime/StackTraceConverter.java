package com.threadly.runtime;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code %trace{lines}} in a Logback pattern: as {@code %ex}, but each exception's message stays on one line. */
public final class StackTraceConverter extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new Harmless(thrown));
    }

    private record Harmless(IThrowableProxy thrown) implements IThrowableProxy {

        private static @Nullable String harmless(@Nullable String text) {
            return text == null ? null : LogText.harmless(text);
        }

        private static @Nullable IThrowableProxy harmless(@Nullable IThrowableProxy thrown) {
            return thrown == null ? null : new Harmless(thrown);
        }

        @Override
        public @Nullable String getMessage() {
            return harmless(thrown.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return harmless(thrown.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return harmless(thrown.getCause());
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            IThrowableProxy[] suppressed = thrown.getSuppressed();
            return suppressed == null
                    ? null
                    : Stream.of(suppressed).map(Harmless::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
