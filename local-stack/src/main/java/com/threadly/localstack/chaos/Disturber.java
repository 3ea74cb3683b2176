package com.threadly.localstack.chaos;

import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Worker;
import com.threadly.localstack.chaos.Disturbance.Answers;
import com.threadly.localstack.chaos.Disturbance.Harm;
import com.threadly.localstack.chaos.Disturbance.LinkHarm;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.TcpProxy;
import com.threadly.pusherserver.Fault;
import com.threadly.pusherserver.Faults;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Disturbs a stack and puts it right again. Of one part, from one thread at a time. */
final class Disturber {

    /** Longer than a worker takes at most. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private static final int CLEAN = 0;

    /** Of a JVM that SIGTERM ends, whatever its shutdown hooks do. */
    private static final int CLEAN_OF_JVM = 128 + 15;

    private static final Duration SLOWNESS = Duration.ofMillis(100);

    private final LocalStack stack;
    private final Duration pusherTimeout;
    /** The second processes. */
    private final Map<Worker, ChildProcess> seconds = new ConcurrentHashMap<>();

    Disturber(LocalStack stack, Duration pusherTimeout) {
        this.stack = stack;
        this.pusherTimeout = pusherTimeout;
    }

    void startSeconds() {
        Schedule.DOUBLE.forEach(worker -> seconds.put(worker, stack.startAnother(worker)));
    }

    /** Returns what was wrong with it, if anything. */
    Optional<String> begin(Disturbance what) {
        switch (what) {
            case Disturbance.OfWorker(Worker worker, int number, Harm harm) -> {
                return harm(process(worker, number), harm, CLEAN);
            }
            case Disturbance.OfBroker(int number, Harm harm) -> {
                return harm(stack.brokers().process(number), harm, CLEAN_OF_JVM);
            }
            case Disturbance.OfDatabase _ -> stack.database().stop();
            case Disturbance.OfRegistry _ -> stack.schemaRegistry().process().kill();
            case Disturbance.OfLink(var link, LinkHarm harm) -> {
                TcpProxy proxy = stack.links().proxy(link);
                switch (harm) {
                    case CUT -> proxy.cut();
                    case STALL -> proxy.stall();
                    case SLOW -> proxy.slow(SLOWNESS);
                }
            }
            case Disturbance.OfPusher(Answers answers) -> answer(stack.pusher().faults(), answers);
        }
        return Optional.empty();
    }

    private static Optional<String> harm(ChildProcess process, Harm harm, int clean) {
        switch (harm) {
            case KILL -> process.kill();
            case FREEZE -> process.freeze();
            case RESTART -> {
                process.stop(STOP_LIMIT);
                int code = process.exitCode().orElse(-1);
                if (code != clean) {
                    return Optional.of(process.name() + " did not stop cleanly: its exit code is " + code);
                }
            }
        }
        return Optional.empty();
    }

    private void answer(Faults faults, Answers answers) {
        switch (answers) {
            case ERROR -> faults.always(new Fault.Status(500, null));
            case TOO_MANY -> faults.always(new Fault.Status(429, null));
            case HTML -> faults.always(new Fault.NotJson(502));
            case HALF -> faults.always(new Fault.HalfAnswer());
            case LATE -> faults.delay(pusherTimeout.plusSeconds(1));
            case LOST -> faults.always(new Fault.DeliverThenFail(new Fault.Status(500, null)));
        }
    }

    /** Returns when what was disturbed is ready again. */
    void end(Disturbance what) {
        switch (what) {
            case Disturbance.OfWorker(Worker worker, int number, Harm harm) -> {
                if (harm == Harm.FREEZE) {
                    process(worker, number).thaw();
                } else if (number == 1) {
                    stack.restart(worker);
                } else {
                    seconds.put(worker, stack.startAnother(worker));
                }
            }
            case Disturbance.OfBroker(int number, Harm harm) -> {
                if (harm == Harm.FREEZE) {
                    stack.brokers().process(number).thaw();
                } else {
                    stack.brokers().restart(number);
                }
            }
            case Disturbance.OfDatabase _ -> stack.database().start();
            case Disturbance.OfRegistry _ -> stack.schemaRegistry().restart();
            case Disturbance.OfLink(var link, LinkHarm _) ->
                stack.links().proxy(link).heal();
            case Disturbance.OfPusher _ -> stack.pusher().faults().clear();
        }
    }

    /** All processes of workers. */
    Stream<ChildProcess> workers() {
        return Stream.of(Worker.values())
                .flatMap(worker -> Stream.iterate(1, number -> number + 1)
                        .limit(Schedule.processes(worker))
                        .map(number -> process(worker, number)));
    }

    private ChildProcess process(Worker worker, int number) {
        if (number == 1) {
            return stack.process(worker);
        }
        ChildProcess second = seconds.get(worker);
        if (second == null) {
            throw new IllegalStateException("No second " + worker.id() + " has been started");
        }
        return second;
    }
}
