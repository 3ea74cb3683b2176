package com.threadly.provisioner.schemas;

import com.threadly.provisioner.command.ProvisioningCommand;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code schemas check} and {@code schemas register}. */
@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Compares the registry's schemas with the catalogue, and registers what is missing.")
public final class SchemasCommand {

    private SchemasCommand() {}

    public static CommandLine line() {
        return new CommandLine(new SchemasCommand()).addSubcommand(new Check()).addSubcommand(new Register());
    }

    private abstract static class OnRegistry extends ProvisioningCommand {

        @Override
        protected final boolean run(Settings settings) {
            var registry = RegistrySettings.from(settings);
            settings.verify();
            try (Subjects subjects = Subjects.connect(registry.serde())) {
                return run(subjects);
            }
        }

        abstract boolean run(Subjects subjects);

        /** Prints the state of each subject; true if every schema is registered or may be. */
        final boolean report(Subjects subjects) {
            List<SubjectState> states = subjects.states();
            states.forEach(out()::println);
            return states.stream().allMatch(SubjectState::isRegistrable);
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Checks whether each schema is registered or may be; changes nothing.",
            footer = ProvisioningCommand.EXIT_CODES)
    private static final class Check extends OnRegistry {

        @Override
        boolean run(Subjects subjects) {
            return report(subjects);
        }
    }

    @Command(
            name = "register",
            mixinStandardHelpOptions = true,
            description = "Registers each schema and makes its subject FULL_TRANSITIVE.",
            footer = ProvisioningCommand.EXIT_CODES)
    private static final class Register extends OnRegistry {

        @Override
        boolean run(Subjects subjects) {
            boolean registrable = report(subjects);
            if (registrable) {
                subjects.register();
                out().println("all schemas are registered");
            }
            return registrable;
        }
    }
}
