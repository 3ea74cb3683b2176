package com.threadly.runtime;

import java.util.function.Function;

/**
 * A command of a deployable, other than running it.
 *
 * @param name as it is typed
 * @param make gives picocli's command when the command line is made; what the command needs it asks the deployable for
 *     when it runs
 */
public record DeployableCommand(String name, Function<Deployable, Object> make) {}
