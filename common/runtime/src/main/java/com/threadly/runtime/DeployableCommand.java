package com.threadly.runtime;

import java.util.function.Function;

/**
 * A command of a deployable, other than running it.
 *
 * @param name as typed
 * @param make creates picocli's command; the command asks the deployable for what it needs only when it runs
 */
public record DeployableCommand(String name, Function<Deployable, Object> make) {}
