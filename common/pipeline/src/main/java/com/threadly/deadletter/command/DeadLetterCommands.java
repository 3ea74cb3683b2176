package com.threadly.deadletter.command;

import com.threadly.events.Topic;
import com.threadly.pipeline.ConsumerGroup;
import com.threadly.runtime.DeployableCommand;
import com.threadly.runtime.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code dlq list}, {@code dlq show} and {@code dlq redrive}: one worker's dead letters; {@code dlq skip}: records that
 * cannot be read. They need only Kafka.
 */
@Command(
        name = DeadLetterCommands.NAME,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, shows and redrives the worker's dead letters, and skips records that cannot be read.")
public final class DeadLetterCommands {

    public static final String NAME = "dlq";

    /** Which group reads a topic. */
    @FunctionalInterface
    public interface Groups {

        /** The group whose pipeline reads {@code topic}; empty where it is no pipeline. */
        Optional<String> of(Settings settings, String topic);
    }

    private DeadLetterCommands() {}

    /** The commands of a worker that reads all {@code topics} in one group, its own. */
    public static DeployableCommand of(List<Topic<?>> topics) {
        return new DeployableCommand(
                NAME,
                deployable -> of(
                        deployable.name(),
                        topics,
                        (settings, _) -> Optional.of(ConsumerGroup.of(deployable.name(), settings)),
                        deployable::settings));
    }

    /** The commands of a worker that reads {@code topics} in several groups. */
    public static DeployableCommand of(List<Topic<?>> topics, Groups groups) {
        return new DeployableCommand(NAME, deployable -> of(deployable.name(), topics, groups, deployable::settings));
    }

    /**
     * The commands.
     *
     * @param topics the topics that the worker reads
     * @param settings read when a command runs
     */
    static CommandLine of(String worker, List<Topic<?>> topics, Groups groups, Supplier<Settings> settings) {
        var source =
                new DeadLetterSource(worker, topics.stream().map(Topic::name).toList(), groups, settings);
        return new CommandLine(new DeadLetterCommands())
                .addSubcommand(new ListCommand(source))
                .addSubcommand(new ShowCommand(source))
                .addSubcommand(new RedriveCommand(source))
                .addSubcommand(new SkipCommand(source))
                .registerConverter(Position.class, text -> parsed(text, Position::parse))
                .registerConverter(UnreadablePlace.class, text -> parsed(text, UnreadablePlace::parse));
    }

    private static <T> T parsed(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
