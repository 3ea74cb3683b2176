package com.threadly.provisioner.topics;

import com.threadly.provisioner.access.KafkaRights;
import com.threadly.provisioner.command.ProvisioningCommand;
import com.threadly.provisioner.topics.Difference.Missing;
import com.threadly.provisioner.topics.Difference.Remedy;
import com.threadly.provisioner.topics.Difference.Setting;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Settings;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topics plan} and {@code topics apply}. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Compares the cluster's topics with the catalogue, and brings them in line.")
public final class TopicsCommand {

    private TopicsCommand() {}

    public static CommandLine line() {
        return new CommandLine(new TopicsCommand()).addSubcommand(new Plan()).addSubcommand(new Apply());
    }

    private abstract static class OnCluster extends ProvisioningCommand {

        @Override
        protected final boolean run(Settings settings) throws InterruptedException, ExecutionException {
            var kafka = KafkaSettings.from(settings);
            settings.verify();
            try (Cluster cluster = Cluster.connect(kafka.admin())) {
                return run(cluster, differences(cluster));
            }
        }

        abstract boolean run(Cluster cluster, List<Difference> differences)
                throws InterruptedException, ExecutionException;

        final List<Difference> differences(Cluster cluster) throws InterruptedException, ExecutionException {
            return Comparison.of(TopicCatalogue.all(), cluster.topics());
        }

        /** Prints {@code differences}; true if nothing needs fixing. */
        final boolean report(List<Difference> differences) {
            differences.forEach(out()::println);
            boolean inLine = differences.stream().allMatch(difference -> difference.remedy() == Remedy.NONE);
            if (inLine) {
                out().println("all topics match the catalogue");
            }
            return inLine;
        }
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = "Shows what is missing, different and extra; changes nothing.",
            footer = ProvisioningCommand.EXIT_CODES)
    private static final class Plan extends OnCluster {

        @Option(
                names = "--acls",
                description = "Also prints the ACLs that each deployable and each operator's command needs.")
        private boolean acls;

        @Override
        boolean run(Cluster cluster, List<Difference> differences) {
            if (acls) {
                KafkaRights.all().forEach(out()::println);
            }
            return report(differences);
        }
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description =
                    "Creates what is missing, sets retention, cleanup and sizes; deletes no topic, adds no partition.",
            footer = ProvisioningCommand.EXIT_CODES)
    private static final class Apply extends OnCluster {

        @Option(
                names = "--allow-loss",
                description = "Also apply changes that remove records, such as a shorter retention.")
        private boolean allowLoss;

        @Override
        boolean run(Cluster cluster, List<Difference> differences) throws InterruptedException, ExecutionException {
            Set<Remedy> allowed =
                    allowLoss ? EnumSet.of(Remedy.APPLY, Remedy.APPLY_WITH_LOSS) : EnumSet.of(Remedy.APPLY);
            List<Difference> doable = differences.stream()
                    .filter(difference -> allowed.contains(difference.remedy()))
                    .toList();
            cluster.create(only(Missing.class, doable).map(Missing::wanted).toList());
            cluster.change(only(Setting.class, doable).toList());
            doable.forEach(difference -> out().println("applied: " + difference));
            return report(differences.stream()
                    .filter(difference -> !doable.contains(difference))
                    .toList());
        }

        private static <T extends Difference> Stream<T> only(Class<T> type, List<Difference> differences) {
            return differences.stream().filter(type::isInstance).map(type::cast);
        }
    }
}
