package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.median;
import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.twoDecimals;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.peer.BareInsert;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.EventKind;
import com.threadly.benchmarks.stage.InboxStage;
import com.threadly.benchmarks.stage.InboxStage.Inbox;
import com.threadly.benchmarks.stage.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench rebuild}: how many rows per second the worker's {@code rebuild} writes. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Orders wait in the topic; each is a row. The worker's command rebuild writes them next to existing rows,",
            "and into fresh tables, next to a bare loop of multi-row inserts and to one insert per record. Exit code",
            "1 if a row is missing."
        })
final class RebuildBench extends StagedBench {

    private static final Duration LOOK = Duration.ofMillis(50);

    /** When this share is done, the JVM and its clients have started. */
    private static final double WARM = 0.25;

    @Option(names = "--rows", split = ",", description = "Rows in the table beforehand; default ${DEFAULT-VALUE}.")
    private List<Integer> rows = List.of(0, 1_000_000);

    @Option(names = "--orders", description = "Orders in the topic; default ${DEFAULT-VALUE}.")
    private int orders = 1_000_000;

    @Option(names = "--rounds", description = "Rounds, of which the median is reported; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            description = "Seconds for which the two loops are measured; default ${DEFAULT-VALUE}.")
    private int seconds = 8;

    private boolean sound = true;

    RebuildBench(String arguments) {
        super("rebuild", arguments);
    }

    /**
     * A rebuild's speed.
     *
     * @param rows per second, once it is warm
     * @param whole seconds from launch to exit
     */
    private record Speed(double rows, double whole) {}

    @Override
    Outcome measure(Stage stage) throws Exception {
        var table = new Table("engine", "rows before", "rows/s", "of the bare loop", "seconds for all", "all there");
        try (InboxStage inboxes = InboxStage.beside(stage)) {
            progress("writing %s orders".formatted(whole(orders)));
            Map<TopicPartition, Long> begin = inboxes.write(EventKind.ORDERS, orders);
            inboxes.forgetGroup();
            for (int before : rows) {
                measure(before, begin, inboxes, table);
            }
        }
        return new Outcome("Rebuild of %s rows".formatted(whole(orders)), table.markdown(), sound);
    }

    private void measure(int before, Map<TopicPartition, Long> begin, InboxStage inboxes, Table table)
            throws Exception {
        var bare = new ArrayList<Double>();
        var single = new ArrayList<Double>();
        var live = new ArrayList<Speed>();
        var fresh = new ArrayList<Speed>();
        for (int round = 1; round <= rounds; round++) {
            bare.add(bare(before, inboxes));
            live.add(rebuild(before, inboxes, "rebuild", before + (long) orders, List.of()));
            fresh.add(rebuild(
                    before, inboxes, "public_rebuild.rebuild", orders, List.of("--fresh", "--may-remove=" + before)));
            single.add(single(before, begin, inboxes));
            progress(String.format(
                    Locale.ROOT,
                    "%s rows before, round %d: bare loop %s, rebuild %s, --fresh %s, one insert per record %s rows/s",
                    whole(before),
                    round,
                    whole(bare.getLast()),
                    whole(live.getLast().rows()),
                    whole(fresh.getLast().rows()),
                    whole(single.getLast())));
        }
        double ceiling = median(bare);
        table.row("bare loop of inserts", whole(before), whole(ceiling), "1.00", "-", "-");
        row("rebuild", before, live, ceiling, table);
        row("rebuild --fresh", before, fresh, ceiling, table);
        table.row(
                "one insert per record",
                whole(before),
                whole(median(single)),
                twoDecimals(median(single) / ceiling),
                "-",
                "-");
    }

    private void row(String name, int before, List<Speed> speeds, double ceiling, Table table) {
        double speed = median(speeds.stream().map(Speed::rows).toList());
        table.row(
                name,
                whole(before),
                whole(speed),
                twoDecimals(speed / ceiling),
                oneDecimal(median(speeds.stream().map(Speed::whole).toList())),
                sound ? "yes" : "NO");
    }

    private double bare(int before, InboxStage inboxes) throws SQLException, InterruptedException {
        Inbox inbox = inboxes.inbox(before);
        try (Connection connection = inbox.connect()) {
            return new BareInsert().rowsPerSecond(connection, (long) (WARM * orders), Duration.ofSeconds(seconds));
        } finally {
            inboxes.drop(inbox);
        }
    }

    private double single(int before, Map<TopicPartition, Long> begin, InboxStage inboxes) throws Exception {
        Inbox inbox = inboxes.inbox(before);
        try (Connection connection = inbox.connect()) {
            return inboxes.insertARecord()
                    .rowsPerSecond(connection, begin, Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
        } finally {
            inboxes.drop(inbox);
        }
    }

    private Speed rebuild(int before, InboxStage inboxes, String log, long expected, List<String> options)
            throws Exception {
        Inbox inbox = inboxes.inbox(before);
        try {
            long launched = System.nanoTime();
            Process process = inboxes.launchRebuild(inbox, options);
            double speed = watched(process, inbox, log);
            double whole = (System.nanoTime() - launched) / 1e9;
            long there = inbox.number("SELECT count(*) FROM notification");
            if (process.exitValue() != 0 || there != expected) {
                sound = false;
                progress(String.format(
                        Locale.ROOT, "NOT sound: exit code %d, %d rows of %d", process.exitValue(), there, expected));
            }
            return new Speed(speed, whole);
        } finally {
            inboxes.drop(inbox);
        }
    }

    /** Rows per second, from when it is warm until the last row. */
    private double watched(Process process, Inbox inbox, String log) throws SQLException, InterruptedException {
        long first = 0;
        long firstAt = 0;
        long last = 0;
        long lastAt = 0;
        try (Connection connection = inbox.connect();
                var statement = connection.createStatement()) {
            while (process.isAlive()) {
                long added = 0;
                try (var result = statement.executeQuery("SELECT coalesce(sum(added), 0) FROM " + log)) {
                    result.next();
                    added = result.getLong(1);
                } catch (SQLException e) {
                    // Its table does not exist yet, or no longer.
                }
                long now = System.nanoTime();
                if (added > last) {
                    last = added;
                    lastAt = now;
                    if (first == 0 && added >= WARM * orders) {
                        first = added;
                        firstAt = now;
                    }
                }
                Thread.sleep(LOOK);
            }
        }
        return lastAt > firstAt ? (last - first) * 1e9 / (lastAt - firstAt) : 0;
    }
}
