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
import com.threadly.benchmarks.stage.RunningEngine;
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

/** {@code bench notifications}: how many rows per second each engine stores and pushes. */
@Command(
        name = "notifications",
        mixinStandardHelpOptions = true,
        description = {
            "Events wait in their topic; each is a row, and one push (payments) or two (orders) to a stub of Pusher. The",
            "worker stores, pushes and marks them, next to a bare loop of multi-row inserts, and to one insert and",
            "one trigger per record. Exit code 1 if a row of the worker was lost, pushed twice or not marked."
        })
final class NotificationsBench extends StagedBench {

    /** For the peer that inserts row by row; the worker's JVM needs longer. */
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(3);

    @Option(names = "--kinds", split = ",", description = "Of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private List<EventKind> kinds = List.of(EventKind.PAYMENTS, EventKind.ORDERS);

    @Option(names = "--rows", split = ",", description = "Rows in the table beforehand; default ${DEFAULT-VALUE}.")
    private List<Integer> rows = List.of(0, 1_000_000);

    @Option(names = "--events", description = "Events prepared for the worker; default ${DEFAULT-VALUE}.")
    private int events = 1_500_000;

    @Option(names = "--delay", description = "Delay of the stub in milliseconds; default ${DEFAULT-VALUE}.")
    private int delay = 0;

    @Option(names = "--rounds", description = "Rounds, of which the median is reported; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--warm-up", description = "The worker's seconds from the first row; default ${DEFAULT-VALUE}.")
    private int warmUp = 25;

    @Option(names = "--seconds", description = "Seconds measured after that; default ${DEFAULT-VALUE}.")
    private int seconds = 10;

    private boolean sound = true;

    NotificationsBench(String arguments) {
        super("notifications", arguments);
    }

    /**
     * The result of each round, in rows per second.
     *
     * @param cpuMicros of the worker's processor time per row
     */
    private record Rounds(List<Double> bare, List<Double> worker, List<Double> cpuMicros, List<Double> single) {

        Rounds() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        var table = new Table(
                "engine", "events", "rows before", "rows/s", "of the bare loop", "CPU µs/row", "pushed once, marked");
        try (InboxStage inboxes = InboxStage.beside(stage)) {
            for (EventKind kind : kinds) {
                progress("writing %s %s".formatted(whole(events), title(kind)));
                Map<TopicPartition, Long> begin = inboxes.write(kind, events);
                for (int before : rows) {
                    measure(kind, before, begin, inboxes, table);
                }
            }
        }
        return new Outcome(
                String.format(Locale.ROOT, "Notifications stored and pushed, stub at %d ms", delay),
                table.markdown(),
                sound);
    }

    private static String title(EventKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private void measure(EventKind kind, int before, Map<TopicPartition, Long> begin, InboxStage inboxes, Table table)
            throws Exception {
        var measured = new Rounds();
        for (int round = 1; round <= rounds; round++) {
            long warm = worker(before, begin, inboxes, measured);
            measured.bare().add(bare(before, warm, inboxes));
            measured.single().add(single(before, begin, inboxes));
            progress(String.format(
                    Locale.ROOT,
                    "%s, %s rows before, round %d: bare loop %s, worker %s, one insert per record %s rows/s",
                    title(kind),
                    whole(before),
                    round,
                    whole(measured.bare().getLast()),
                    whole(measured.worker().getLast()),
                    whole(measured.single().getLast())));
        }
        double ceiling = median(measured.bare());
        table.row("bare loop of inserts", "-", whole(before), whole(ceiling), "1.00", "-", "-");
        table.row(
                "notification-worker",
                title(kind),
                whole(before),
                whole(median(measured.worker())),
                twoDecimals(median(measured.worker()) / ceiling),
                oneDecimal(median(measured.cpuMicros())),
                sound ? "yes" : "NO");
        table.row(
                "one insert, one trigger per record",
                title(kind),
                whole(before),
                whole(median(measured.single())),
                twoDecimals(median(measured.single()) / ceiling),
                "-",
                "-");
    }

    /** Measured from the same number of rows as the worker: in a larger table, each costs more. */
    private double bare(int before, long warm, InboxStage inboxes) throws SQLException, InterruptedException {
        Inbox inbox = inboxes.inbox(before);
        try (Connection connection = inbox.connect()) {
            return new BareInsert().rowsPerSecond(connection, warm, Duration.ofSeconds(seconds));
        } finally {
            inboxes.drop(inbox);
        }
    }

    private double single(int before, Map<TopicPartition, Long> begin, InboxStage inboxes) throws Exception {
        Inbox inbox = inboxes.inbox(before);
        inboxes.stage().stub().begin(Duration.ofMillis(delay), 0, 0);
        try (Connection connection = inbox.connect()) {
            return inboxes.insertAndTriggerARecord()
                    .rowsPerSecond(connection, begin, SHORT_WARM_UP, Duration.ofSeconds(seconds));
        } finally {
            inboxes.drop(inbox);
        }
    }

    /** Returns the number of rows written when measuring began. */
    private long worker(int before, Map<TopicPartition, Long> begin, InboxStage inboxes, Rounds measured)
            throws Exception {
        Inbox inbox = inboxes.inbox(before);
        try {
            inboxes.stage().stub().begin(Duration.ofMillis(delay), 0, 0);
            RunningEngine.Reading from;
            RunningEngine.Reading to;
            try (RunningEngine running = inboxes.launchWorker(inbox, begin)) {
                running.awaitFirstMessage();
                Thread.sleep(Duration.ofSeconds(warmUp));
                from = running.read();
                Thread.sleep(Duration.ofSeconds(seconds));
                to = running.read();
            }
            measured.worker().add(to.stub().rateSince(from.stub()));
            measured.cpuMicros()
                    .add(to.cpu().minus(from.cpu()).toNanos()
                            / 1e3
                            / Math.max(1, to.stub().received() - from.stub().received()));
            // The stub counts events with an id: notifications, not orders' statuses. What was stored and not pushed
            // when the worker stopped is left to the next one.
            long pushed = inboxes.stage().stub().report().received();
            long marked = inbox.number("SELECT count(*) FROM notification WHERE pushed_at IS NOT NULL") - before;
            if (marked != pushed) {
                sound = false;
                progress(String.format(Locale.ROOT, "NOT sound: %d pushed, %d marked", pushed, marked));
            }
            return from.stub().received();
        } finally {
            inboxes.drop(inbox);
        }
    }
}
