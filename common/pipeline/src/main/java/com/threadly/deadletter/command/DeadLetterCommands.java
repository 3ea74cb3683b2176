package com.threadly.deadletter.command;

import com.threadly.events.Topic;
import com.threadly.runtime.DeployableCommand;
import com.threadly.runtime.settings.Settings;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code dlq list}, {@code dlq show} and {@code dlq redrive}: one worker's dead letters. They need only Kafka.
 */
@Command(
        name = DeadLetterCommands.NAME,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, shows and redrives the worker's dead letters.")
public final class DeadLetterCommands {

    public static final String NAME = "dlq";

    private DeadLetterCommands() {}

    /** The commands of a worker that reads {@code topics}. */
    public static DeployableCommand of(List<Topic<?>> topics) {
        return new DeployableCommand(NAME, deployable -> of(deployable.name(), topics, deployable::settings));
    }

    /**
     * The commands.
     *
     * @param topics the topics that the worker reads
     * @param settings read when a command runs
     */
    static CommandLine of(String worker, List<Topic<?>> topics, Supplier<Settings> settings) {
        var source =
                new DeadLetterSource(worker, topics.stream().map(Topic::name).toList(), settings);
        return new CommandLine(new DeadLetterCommands())
                .addSubcommand(new ListCommand(source))
                .addSubcommand(new ShowCommand(source))
                .addSubcommand(new RedriveCommand(source))
                .registerConverter(Position.class, DeadLetterCommands::position);
    }

    private static Position position(String text) {
        try {
            return Position.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
