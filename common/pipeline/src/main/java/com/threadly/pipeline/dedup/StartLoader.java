package com.threadly.pipeline.dedup;

import com.threadly.pipeline.start.StartAt;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up only where partitions start: for handlers that recognize duplicates themselves. */
public final class StartLoader implements HistoryLoader {

    private static final Logger log = LoggerFactory.getLogger(StartLoader.class);

    private final Supplier<Logs> logs;

    public StartLoader(Supplier<Logs> logs) {
        this.logs = logs;
    }

    @Override
    public String task(int partitions) {
        return String.format(Locale.ROOT, "looks up where %d partitions start", partitions);
    }

    @Override
    public void read(Set<TopicPartition> partitions, Results results)
            throws UnavailableException, InterruptedException {
        try (Logs brokers = logs.get()) {
            look(brokers, partitions)
                    .forEach((partition, found) -> results.known(partition, new PartitionHistory(null, found.start())));
            if (brokers.trouble().isPresent()) {
                throw new UnavailableException(brokers.trouble().get());
            }
        } catch (KafkaException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Looks partitions up at {@code brokers}; logs where records are skipped. */
    static Map<TopicPartition, LogAtStart> look(Logs brokers, Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        Map<TopicPartition, LogAtStart> found = brokers.of(partitions);
        found.forEach(StartLoader::warn);
        tellFirst(found);
        return found;
    }

    private static void warn(TopicPartition partition, LogAtStart found) {
        HandledLog handled = found.handled();
        if (handled.truncated()) {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("committed", handled.committed())
                    .addKeyValue("diverged", handled.diverged())
                    .log("the log was truncated before the committed offset, and written again; starting where it"
                            + " diverges");
        } else if (handled.committedBeyondEnd()) {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("committed", handled.committed())
                    .addKeyValue("end", handled.end())
                    .addKeyValue("begin", found.start().beginAt().orElse(handled.committed()))
                    .log("the committed offset is beyond the end of the log, which was truncated or replaced;"
                            + " earlier records are not pushed");
        } else if (handled.deletedUnhandled()) {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("committed", handled.committed())
                    .addKeyValue("start", handled.start())
                    .log("records were deleted before they were handled; starting at the first one left; increase the"
                            + " topic's retention or reduce the lag");
        }
    }

    /** One line per topic, where nothing was committed. */
    private static void tellFirst(Map<TopicPartition, LogAtStart> found) {
        var begun = new TreeMap<String, Long>();
        var unpushed = new TreeMap<String, Long>();
        found.forEach((partition, logAtStart) -> {
            StartAt first = logAtStart.first();
            if (first != null) {
                String start = "%s from %s".formatted(partition.topic(), first.text());
                begun.merge(start, 1L, Long::sum);
                unpushed.merge(start, logAtStart.unpushed(), Long::sum);
            }
        });
        begun.forEach((start, partitions) -> log.atInfo()
                .addKeyValue("start", start)
                .addKeyValue("partitions", partitions)
                .addKeyValue("records_not_pushed", unpushed.get(start))
                .log("these partitions have no committed offsets; records before the start are not pushed"));
    }
}
