package com.threadly.pipeline;

import com.threadly.runtime.Context;
import com.threadly.runtime.settings.Setting;

/** The consumer group of a deployable, for its pipeline and for all that asks what the group has committed. */
public final class ConsumerGroup {

    private static final Setting<String> CONSUMER_GROUP = Setting.text(
            "CONSUMER_GROUP",
            "The consumer group of this deployment; another one, with a Pusher or a database of its own, needs another."
                    + " It contains the deployable's name.");

    private ConsumerGroup() {}

    /** The deployable's name, unless set. */
    public static String of(Context context) {
        String name = context.name();
        return context.settings()
                .get(CONSUMER_GROUP.checked(group -> checked(group, name)).orElse(name));
    }

    /** Two deployables of one group would share out each other's records, which one setting for all would bring about. */
    private static String checked(String group, String name) {
        if (!group.contains(name) || !group.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "expected letters, digits, '.', '_' and '-', with \"%s\" among them".formatted(name));
        }
        return group;
    }
}
