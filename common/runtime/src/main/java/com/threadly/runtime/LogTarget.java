package com.threadly.runtime;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;

/** Where logs go: standard error, as {@code logback.xml} says, unless a service takes standard output. */
final class LogTarget {

    private LogTarget() {}

    /**
     * From now on. It cannot be said before the first logger is made: the classes of our events bring along one of Avro's,
     * and they are there as soon as a deployable names its topics.
     */
    static void useStandardOutput() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender("CONSOLE") instanceof ConsoleAppender<ILoggingEvent> console) {
            console.setTarget(ConsoleTarget.SystemOut.getName());
            console.start();
        }
    }
}
