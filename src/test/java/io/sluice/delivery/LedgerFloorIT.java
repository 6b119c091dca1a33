package io.sluice.delivery;

import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger says is durable as a whole never passes a record that was not written. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class LedgerFloorIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final int RECORDS = 2_000;

    /**
     * What a revocation drops from the queues is done with, and it is not durable; and the look at the
     * ledger that goes with each revocation may come late, since it waits for the one before it.
     */
    @Test
    @CrashPoint(10)
    void whatARevocationDropsIsNotDurable(Scenario test) {
        Database database = test.database();
        TopicLog log = new TopicLog();
        log.append(History.records(ZERO, 0, RECORDS));
        log.append(History.records(ONE, 0, RECORDS));
        History history = History.in(database);
        Map<String, String> settings = Settings.of(History.EXACTLY_ONCE, Map.of("batch.size", "50"));
        try (LogRun task = LogRun.start(database, log, 100, settings)) {
            task.open(ZERO, ONE);
            task.stepUntil("some rows", () -> history.written() > 500);
            try (Locks rows = Locks.table(database, History.TABLE);
                    Locks ledger = Locks.by(
                            database, "UPDATE sluice_offsets SET updated = now() WHERE part = 1 AND lane = -1")) {
                for (int times = 0; times < 5; times++) {
                    task.step();
                }
                // Its look at the ledger waits for the lock, and that of the next one waits for it.
                task.lose(ONE);
                task.lose(ZERO);
            }
        }
        try (LogRun next = LogRun.start(database, log, 100, settings)) {
            next.open(ZERO, ONE);
            next.finish();
        }
        history.assertEachOnce(RECORDS, ZERO, ONE);
    }
}
