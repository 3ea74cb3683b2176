package com.threadly.provisioner.command;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Secrets;
import com.threadly.runtime.settings.Settings;
import com.threadly.serde.RegistryUnavailableException;
import com.threadly.serde.SchemaRejectedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One command. Exit codes: 0 when all is as the catalogue says, 1 when Kafka or the registry did not answer, 2 when
 * arguments or settings are wrong, 3 when something is not as the catalogue says.
 */
public abstract class ProvisioningCommand implements Callable<Integer> {

    /** For a command's help. */
    public static final String EXIT_CODES =
            "Exit codes: 0 in line, 1 no answer, 2 wrong arguments or settings, 3 not in line.";

    private static final int IN_LINE = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final int NOT_IN_LINE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file; environment variables override it.")
    private @Nullable Path config;

    /** Does its work; false when something is not as the catalogue says. */
    protected abstract boolean run(Settings settings) throws InterruptedException, ExecutionException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run(Settings.load(System.getenv(), config)) ? IN_LINE : NOT_IN_LINE;
        } catch (InvalidSettingsException e) {
            e.problems().forEach(err()::println);
            return WRONG;
        } catch (RegistryUnavailableException | SchemaRejectedException e) {
            err().println(e.getMessage());
            return FAILED;
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            err().println("Kafka did not complete the request; check its brokers and KAFKA_BOOTSTRAP_SERVERS: "
                    + Secrets.masked(cause.getMessage()));
            return FAILED;
        }
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
