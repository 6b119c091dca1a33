package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic that was deleted and made again starts with offsets that PostgreSQL has already. */
@ExtendWith(HarnessExtension.class)
final class OffsetMismatchIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);

    private final TopicLog log = new TopicLog();

    @Test
    void failsUnlessTold(Scenario test) {
        History.in(test.database());
        writeAHundredAndStartOver(test, 20);
        try (LogRun task = start(test, Map.of())) {
            task.open(ZERO);
            assertThat(task.failure())
                    .contains("t-0", "offset 0", "before offset 100", "exactly.once.on.mismatch", "restart", "skip");
        }
    }

    @Test
    void takesEverythingAsNewWhereItIsToRestart(Scenario test) {
        History history = History.in(test.database());
        writeAHundredAndStartOver(test, 20);
        Map<String, String> restart = Map.of("exactly.once.on.mismatch", "restart");
        try (LogRun task = start(test, restart)) {
            task.open(ZERO);
            task.finish();
            assertThat(history.written()).isEqualTo(120);
            task.revoke(ZERO);
        }
        log.append(History.records(ZERO, 20, 5));
        try (LogRun task = start(test, restart)) {
            task.open(ZERO);
            task.finish();
            assertThat(history.written()).as("and from there on").isEqualTo(125);
        }
    }

    @Test
    void leavesOutWhatIsBeforeTheStoredOffsetWhereItIsToSkip(Scenario test) {
        History history = History.in(test.database());
        writeAHundredAndStartOver(test, 103);
        // As if the group had been lost as well: the consumer starts with the first record.
        try (LogRun task = start(test, Map.of("exactly.once.on.mismatch", "skip"))) {
            task.open(ZERO);
            task.finish();
        }
        history.assertEachOnce(103, ZERO);
    }

    /** Compaction, aborted transactions and transformations leave holes, which are no mismatch. */
    @Test
    void goesOnBehindAHole(Scenario test) {
        History history = History.in(test.database());
        log.append(History.records(ZERO, 0, 10));
        try (LogRun task = start(test, Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
        }
        log.append(History.records(ZERO, 15, 10));
        log.append(History.records(ONE, 7, 3));
        try (LogRun task = start(test, Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
            assertThat(gaps(task)).isZero();
        }
        history.assertEachOnce(20, ZERO);
        history.assertEachOnce(3, ONE);
    }

    /** The record before the stored offset is not there any more, and what came next may not be either. */
    @Test
    void saysThatRecordsAreGone(Scenario test) {
        History history = History.in(test.database());
        log.append(History.records(ZERO, 0, 10));
        log.append(History.records(ONE, 0, 10));
        try (LogRun task = start(test, Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
        }
        log.append(History.records(ZERO, 10, 30));
        log.append(History.records(ONE, 10, 30));
        log.cut(ZERO, 15);
        log.cut(ONE, 10);
        try (LogRun task = start(test, Map.of())) {
            task.open(ZERO, ONE);
            task.finish();
            assertThat(gaps(task)).as("that of partition 0").isEqualTo(1);
        }
        history.assertEachOnce(35, ZERO);
        history.assertEachOnce(40, ONE);
    }

    private static long gaps(LogRun task) {
        return task.task().counter("PartitionGaps");
    }

    private void writeAHundredAndStartOver(Scenario test, int records) {
        log.append(History.records(ZERO, 0, 100));
        try (LogRun task = start(test, Map.of())) {
            task.open(ZERO);
            task.finish();
        }
        log.empty(ZERO);
        log.append(History.records(ZERO, 0, records));
    }

    private LogRun start(Scenario test, Map<String, String> settings) {
        return LogRun.start(test.database(), log, 50, Settings.of(History.EXACTLY_ONCE, settings));
    }
}
