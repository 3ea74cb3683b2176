package com.threadly.provisioner;

import com.threadly.provisioner.schemas.SchemasCommand;
import com.threadly.provisioner.topics.TopicsCommand;
import com.threadly.runtime.Build;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The provisioner: runs before the workers, by hand, in CI or as a job of the deployment. */
@Command(
        name = "provisioner",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Compares a cluster's topics and a registry's schemas with the catalogue, and brings them in line.")
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var line =
                new CommandLine(new Main()).addSubcommand(TopicsCommand.line()).addSubcommand(SchemasCommand.line());
        System.exit(Build.current().shownBy(line).execute(args));
    }
}
