package com.threadly.runtime;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;

/** Where logs go: standard error, as in {@code logback.xml}; for a running service, standard output. */
final class LogTarget {

    private LogTarget() {}

    /**
     * From now on. It cannot be set before the first logger exists: the event classes create one of Avro's, and they
     * are loaded as soon as a deployable names its topics.
     */
    static void useStandardOutput() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender("CONSOLE") instanceof ConsoleAppender<ILoggingEvent> console) {
            console.setTarget(ConsoleTarget.SystemOut.getName());
            console.start();
        }
    }
}
