package com.threadly.runtime;

import com.threadly.runtime.settings.Settings.Wanted;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code settings}: every setting that the code reads. */
@Command(
        name = SettingsCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Prints every setting with its default and meaning as a Markdown table.")
final class SettingsCommand implements Callable<Integer> {

    static final String NAME = "settings";

    private final Supplier<List<Wanted>> settings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    /** {@code settings} is called when the command runs. */
    SettingsCommand(Supplier<List<Wanted>> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.println("| setting | default | meaning |");
        out.println("|---|---|---|");
        for (Wanted wanted : settings.get()) {
            out.printf(
                    "| `%s` | %s | %s |%n",
                    wanted.setting().name(),
                    fallback(wanted.setting().defaultText(), wanted.required()),
                    wanted.setting().doc());
        }
        return 0;
    }

    private static String fallback(@Nullable String text, boolean required) {
        if (text != null) {
            return "`" + text + "`";
        }
        return required ? "none: set it" : "";
    }
}
