package com.threadly.benchmarks;

import com.threadly.runtime.Build;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' commands. */
@Command(
        name = "./threadly bench",
        synopsisSubcommandLabel = "BENCHMARK",
        mixinStandardHelpOptions = true,
        description = "Measures the workers, compared with alternatives.")
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "com/threadly/localstack/log.xml");
        String arguments = String.join(" ", args);
        var line = new CommandLine(new Main())
                .addSubcommand(new FanoutBench(arguments))
                .addSubcommand(new LatencyBench(arguments))
                .addSubcommand(new GrowthBench(arguments))
                .addSubcommand(new ScaleBench(arguments))
                .addSubcommand(new NotificationsBench(arguments))
                .addSubcommand(new RebuildBench(arguments))
                .addSubcommand(new GatewayBench(arguments))
                .addSubcommand(new AbuseBench(arguments))
                .addSubcommand(new PresenceBench(arguments))
                .addSubcommand(new SoakBench(arguments))
                .addSubcommand(new StartBench(arguments))
                .setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(Build.current().shownBy(line).execute(args));
    }
}
