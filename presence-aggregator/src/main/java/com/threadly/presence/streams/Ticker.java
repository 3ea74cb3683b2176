package com.threadly.presence.streams;

import com.threadly.events.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets time pass where nothing else happens: writes records without key and value to the partitions of presence-events
 * that this process counts. Time is then part of the log, by the broker's clock: it passes when everything before it
 * has been read, the same each time it is read, and no host's clock matters.
 */
final class Ticker implements AutoCloseable, IntSupplier {

    /** As many answers with exactly this host's time are no coincidence. */
    private static final int MANY = 30;

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final Producer<byte[], byte[]> producer;
    private final Supplier<Set<Integer>> own;
    private final Duration every;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("ticker").unstarted(this::run);
    private volatile int partitions;
    private volatile long skewMillis;
    private int ownTimes;
    private boolean failing;

    /** @param own the partitions that this process counts */
    Ticker(
            Producer<byte[], byte[]> producer,
            Supplier<Set<Integer>> own,
            Duration every,
            Clock clock,
            MeterRegistry metrics) {
        this.producer = producer;
        this.own = own;
        this.every = every;
        this.clock = clock;
        Gauge.builder("threadly.presence.clock.skew", () -> skewMillis / 1e3)
                .baseUnit("seconds")
                .description("How far this host's clock is ahead of the broker's")
                .register(metrics);
    }

    void start() {
        thread.start();
    }

    /** The number of partitions of presence-events; 0 while it is not known. */
    @Override
    public int getAsInt() {
        return partitions;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(every);
                tick();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** While Kafka does not answer, no time passes. */
    void tick() {
        try {
            partitions = producer.partitionsFor(Topics.PRESENCE_EVENTS.name()).size();
            for (int partition : own.get()) {
                long sentAt = clock.millis();
                byte @Nullable [] nothing = null;
                var _ = producer.send(
                        new ProducerRecord<>(Topics.PRESENCE_EVENTS.name(), partition, sentAt, nothing, nothing),
                        (written, failure) -> note(sentAt, written, failure));
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            failed(e);
        }
    }

    private void note(long sentAt, RecordMetadata written, @Nullable Exception failure) {
        if (failure != null) {
            failed(failure);
            return;
        }
        failing = false;
        skewMillis = sentAt - written.timestamp();
        ownTimes = skewMillis == 0 ? ownTimes + 1 : 0;
        if (ownTimes == MANY) {
            log.atWarn()
                    .log("presence-events has the producers' times, whose clocks then decide who is present; run"
                            + " ./threadly topics apply, or set its message.timestamp.type to LogAppendTime");
        }
    }

    private void failed(Exception cause) {
        if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("cause", cause.getMessage())
                    .log("cannot write to presence-events: no time passes where nobody comes or goes");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        producer.close(Duration.ZERO);
    }
}
