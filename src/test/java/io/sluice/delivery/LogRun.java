package io.sluice.delivery;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task in this JVM that is given a log step by step as Connect does: what is not paused, from where the task wants it. */
final class LogRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TaskRun task;
    private final TopicLog log;
    private final int most;
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private LogRun(TaskRun task, TopicLog log, int most) {
        this.task = task;
        this.log = log;
        this.most = most;
    }

    /**
     * @param most records of a partition in one step
     */
    static LogRun start(Database database, TopicLog log, int most, Map<String, String> settings) {
        return new LogRun(TaskRun.start(database, settings), log, most);
    }

    void open(TopicPartition... partitions) {
        for (TopicPartition partition : partitions) {
            positions.put(partition, log.start(partition));
            task.consumedUpTo(partition, log.start(partition));
        }
        task.open(partitions);
    }

    /** Takes partitions away in good order. */
    void revoke(TopicPartition... partitions) {
        Map<TopicPartition, Long> committed = task.revoke(partitions);
        forget(partitions);
        log.commit(committed);
    }

    /** Takes partitions away, and commits nothing. */
    void lose(TopicPartition... partitions) {
        task.lose(partitions);
        forget(partitions);
    }

    private void forget(TopicPartition... partitions) {
        for (TopicPartition partition : partitions) {
            positions.remove(partition);
        }
    }

    /** One turn of Connect's loop, without a commit. */
    void step() {
        task.takeSeeks().forEach((partition, offset) -> positions.put(partition, log.seek(partition, offset)));
        List<SinkRecord> polled = new ArrayList<>();
        positions.replaceAll((partition, position) -> {
            if (task.paused().contains(partition)) {
                return position;
            }
            List<SinkRecord> records = log.read(partition, position, most);
            polled.addAll(records);
            return records.isEmpty()
                    ? position
                    : records.get(records.size() - 1).kafkaOffset() + 1;
        });
        task.put(polled);
    }

    void commit() {
        log.commit(task.preCommit());
    }

    /** Takes turns until something is so. */
    void stepUntil(String description, Callable<Boolean> condition) {
        List<ConnectException> failures = new ArrayList<>();
        Await.atMost(PATIENCE).until(description, () -> {
            try {
                step();
            } catch (ConnectException e) {
                failures.add(e);
            }
            return !failures.isEmpty() || condition.call();
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** Takes turns until all that is assigned is committed to its end. */
    void finish() {
        stepUntil("everything to be committed", () -> {
            commit();
            return positions.keySet().stream()
                    .allMatch(partition -> log.committed().getOrDefault(partition, 0L) == log.end(partition));
        });
    }

    /** Takes turns until the task fails, and returns the message. */
    String failure() {
        List<String> messages = new ArrayList<>();
        Await.atMost(PATIENCE).until("the task to fail", () -> {
            try {
                step();
            } catch (ConnectException e) {
                messages.add(e.getMessage());
            }
            return !messages.isEmpty();
        });
        return messages.get(0);
    }

    TaskRun task() {
        return task;
    }

    @Override
    public void close() {
        task.close();
    }
}
