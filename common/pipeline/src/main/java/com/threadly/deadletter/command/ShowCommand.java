package com.threadly.deadletter.command;

import com.threadly.deadletter.Reason;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SchemaRegistryClient;
import com.threadly.serde.SerdeConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dlq show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the newest dead letters in detail, the newest last.")
final class ShowCommand extends DeadLetterCommand {

    @Option(names = "--reason", description = "Only dead letters with this reason: ${COMPLETION-CANDIDATES}.")
    private @Nullable Reason reason;

    @Option(
            names = "--offset",
            paramLabel = "P:O",
            description = "Only the dead letter at this position in the dead letter topic.")
    private @Nullable Position position;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number; the default is ${DEFAULT-VALUE}.")
    private int limit = 20;

    ShowCommand(DeadLetterSource source) {
        super(source);
    }

    @Override
    boolean run(Settings settings, KafkaSettings kafka) throws InterruptedException {
        requireTopicFor(position);
        var registry = RegistrySettings.from(settings);
        settings.verify();
        var selection = new DeadLetterSelection(reason, position);
        var newest = new NewestDeadLetters(limit);
        boolean complete = read(
                kafka, letters -> letters.stream().filter(selection::includes).forEach(newest::add));
        try (SchemaRegistryClient client = SerdeConfig.of(registry.serde()).connect()) {
            var text = new DeadLetterFormat(new AvroDecoder(client));
            newest.letters().forEach(deadLetter -> text.lines(deadLetter).forEach(out()::println));
        }
        out().println(newest.count());
        return complete;
    }
}
