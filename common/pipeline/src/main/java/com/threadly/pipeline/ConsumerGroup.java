package com.threadly.pipeline;

import com.threadly.runtime.Context;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/** The consumer group of a deployable, for its pipeline and for lookups of committed offsets. */
public final class ConsumerGroup {

    private static final Setting<String> CONSUMER_GROUP = Setting.text(
            "CONSUMER_GROUP",
            "The consumer group of this deployment; a second deployment, with its own Pusher app or database, needs"
                    + " a different one. It must contain the deployable's name.");

    private ConsumerGroup() {}

    /** The setting, by default the deployable's name. */
    public static String of(Context context) {
        return of(context.name(), context.settings());
    }

    /** The same of the deployable called {@code name}. */
    public static String of(String name, Settings settings) {
        return settings.get(
                CONSUMER_GROUP.checked(group -> checked(group, name)).orElse(name));
    }

    /** Two deployables in one group would split the records between them; one setting for all would cause that. */
    private static String checked(String group, String name) {
        if (!group.contains(name) || !group.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "expected letters, digits, '.', '_' and '-', including \"%s\"".formatted(name));
        }
        return group;
    }
}
