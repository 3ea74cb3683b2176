package com.threadly.presence;

import com.threadly.presence.streams.PresenceTopology;
import com.threadly.runtime.settings.Settings;
import com.threadly.serde.AvroSerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topology}: prints the Kafka Streams topology, node by node. It needs no settings and no servers. */
@Command(
        name = TopologyCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Prints the topology: its nodes, stores and topics.")
final class TopologyCommand implements Callable<Integer> {

    static final String NAME = "topology";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(description());
        out.flush();
        return 0;
    }

    /** The topology is the same with any settings. */
    static String description() {
        var presence = PresenceSettings.from(Settings.of(Map.of()));
        var topology = new PresenceTopology(
                presence.times(),
                presence.userTimes(),
                new AvroSerde<>(),
                new AvroSerde<>(),
                new AvroSerde<>(),
                new AvroSerde<>(),
                () -> 0,
                System::currentTimeMillis,
                new SimpleMeterRegistry());
        return topology.build().describe().toString();
    }
}
