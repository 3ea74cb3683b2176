package com.threadly.localstack.command;

import com.threadly.localstack.RunningStack;
import com.threadly.runtime.Build;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The local stack's commands: demo, chaos, emit, tail. */
@Command(
        name = "./threadly",
        synopsisSubcommandLabel = "COMMAND",
        description = "The whole of Threadly on this machine, for development.")
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Before the first logger: the workers' configuration logs to standard output.
        System.setProperty("logback.configurationFile", "com/threadly/localstack/log.xml");
        var terminal = Terminal.ofProcess();
        var running = new RunningStack(Path.of(System.getProperty("threadly.home", "")), System.getenv());
        var clock = Clock.systemUTC();
        var line = new CommandLine(new Main())
                .addSubcommand(new DemoCommand(terminal, clock))
                .addSubcommand(new ChaosCommand(terminal, clock))
                .addSubcommand(new EmitCommand(terminal, running, clock))
                .addSubcommand(new TailCommand(terminal, running, clock));
        System.exit(Build.current().shownBy(line).execute(args));
    }
}
