package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What fails for one record alone costs that record, whatever it is that says no. */
@ExtendWith(HarnessExtension.class)
final class RefusedRecordsIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final Map<String, String> TOLERANT =
            Settings.of(Rows.INTO_TABLE, Map.of("errors.tolerance", "all", "latency.target.ms", "60000"));

    /** PostGIS says so of a geometry that it cannot read, and PostgreSQL of a table that is not what it was. */
    @Test
    void anInternalErrorThatStaysIsTheRecords(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        database.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.version = 1000 THEN "
                        + "RAISE EXCEPTION 'no' USING ERRCODE = 'XX000'; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON versions FOR EACH ROW EXECUTE FUNCTION refuse()");
        List<SinkRecord> records = new ArrayList<>(Rows.rows(ZERO, 0, 100, 1));
        records.set(40, Rows.row(ZERO, 40, 41, 1_000));
        records.set(60, Rows.row(ZERO, 60, 61, 1_000));
        try (TaskRun task = TaskRun.start(database, Settings.of(TOLERANT, Map.of("errors.table", "letters")))) {
            task.open(ZERO);
            task.put(records);
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 100L)));
        }

        assertThat(Rows.versions(database)).hasSize(98).doesNotContainKeys(41L, 61L);
        assertThat(database.column("SELECT record_offset FROM letters WHERE sqlstate = 'XX000' ORDER BY 1"))
                .containsExactly(40L, 60L);
    }

    @Test
    void aValueThatCannotEvenBeReadIsABadRecord(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        try (TaskRun task = TaskRun.start(database, TOLERANT)) {
            task.open(ZERO);
            task.put(Rows.value(ZERO, 0, new BrokenMap()), Rows.row(ZERO, 1, 2, 1));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 2L)));
            assertThat(task.counter("DeadLetters")).isOne();
        }

        assertThat(Rows.versions(database)).containsOnlyKeys(2L);
    }

    /** As a converter may give it that reads its bytes only when it is asked. */
    private static final class BrokenMap extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("no entries");
        }
    }
}
