package com.threadly.deadletter.command;

import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Settings;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code dlq list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Counts dead letters by topic and reason, with their ages and how many have been redriven.")
final class ListCommand extends DeadLetterCommand {

    ListCommand(DeadLetterSource source) {
        super(source);
    }

    @Override
    boolean run(Settings settings, KafkaSettings kafka) throws InterruptedException {
        settings.verify();
        var summary = new DeadLetterSummary();
        boolean complete = read(kafka, letters -> letters.forEach(summary::add));
        summary.lines(Instant.now()).forEach(out()::println);
        return complete;
    }
}
