package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that must be unique is handed from one row to another, whose changes are in several lanes. */
@ExtendWith(HarnessExtension.class)
final class HandedOnValuesIT {
    private static final TopicPartition ZERO = new TopicPartition("people", 0);
    private static final TopicPartition ONE = new TopicPartition("people", 1);
    private static final Map<String, String> INTO_TABLE =
            Map.of("table.name.format", "people", "pk.mode", "record_key", "pk.fields", "id", "delete.enabled", "true");
    private static final Map<String, String> TOLERANT = Settings.of(
            INTO_TABLE, Map.of("errors.tolerance", "all", "errors.table", "sluice_errors", "write.parallelism", "4"));

    static Stream<Arguments> methodsAndGuarantees() {
        return Stream.of("copy", "unnest", "rows")
                .flatMap(method -> Stream.of("at_least_once", "exactly_once", "at_most_once")
                        .map(guarantee -> Arguments.of(method, guarantee)));
    }

    @ParameterizedTest
    @MethodSource("methodsAndGuarantees")
    void anUpdateFreesTheValueThatAnInsertTakes(String method, String guarantee, Scenario test) {
        Log log = new Log(ZERO);
        for (int i = 1; i <= 100; i++) {
            log.put(i, "m" + i);
            log.put(1000 + i, "n" + i);
        }
        writesAll(log, 100, test, Map.of("write.method", method, "delivery.guarantee", guarantee));
    }

    @ParameterizedTest
    @MethodSource("methodsAndGuarantees")
    void aDeletionFreesTheValueThatAnInsertTakes(String method, String guarantee, Scenario test) {
        Log log = new Log(ZERO);
        for (int i = 1; i <= 100; i++) {
            log.delete(i);
            log.put(1000 + i, "n" + i);
        }
        writesAll(log, 100, test, Map.of("write.method", method, "delivery.guarantee", guarantee));
    }

    /** Each row takes what the one after it has just given up. */
    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void aValueGoesThroughManyRows(String method, Scenario test) {
        Log log = new Log(ZERO);
        for (int i = 1; i <= 100; i++) {
            log.put(i, "hidden" + i);
            if (i > 1) {
                log.put(i - 1, "n" + i);
            }
        }
        writesAll(log, 100, test, Map.of("write.method", method));
    }

    /** A row changes again after it has given its value away, which must not be taken for the one change that it has. */
    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void aRowChangesBeforeAndAfterItHandsItsValueOn(String method, Scenario test) {
        Log log = new Log(ZERO);
        for (int i = 1; i <= 50; i++) {
            log.put(i, "m" + i);
            log.put(1000 + i, "n" + i);
            log.put(i, "n" + i + "b");
            log.delete(1000 + i);
            log.put(i, "n" + i);
            log.put(2000 + i, "m" + i);
        }
        writesAll(log, 50, test, Map.of("write.method", method));
        writesAll(log, 50, test, Map.of("write.method", method, "write.parallelism", "1"));
        writesAll(log, 50, test, Map.of("write.method", method, "write.ordering", "partition"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void updatesHandValuesOn(String method, Scenario test) {
        Log log = new Log(ZERO);
        for (int i = 1; i <= 99; i += 2) {
            log.put(i, "hidden" + i);
            log.put(i + 1, "n" + i);
            log.put(i, "n" + (i + 1));
        }
        writesAll(log, 100, test, Map.of("write.method", method, "insert.mode", "update"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void insertsTakeWhatDeletionsFree(String method, Scenario test) {
        Log log = new Log(ZERO);
        for (int i = 1; i <= 100; i++) {
            log.delete(i);
            log.put(1000 + i, "n" + i);
        }
        writesAll(log, 100, test, Map.of("write.method", method, "insert.mode", "insert"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void anExclusionConstraintConnectsRowsAsWell(String method, Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE people (id int PRIMARY KEY, name text, EXCLUDE USING hash (name WITH =))");
        Log log = new Log(ZERO);
        for (int i = 1; i <= 50; i++) {
            log.put(i, "m" + i);
            log.put(1000 + i, "n" + i);
        }
        fill(database, 50);
        assertThat(run(database, log, Settings.of(TOLERANT, Map.of("write.method", method))))
                .isEqualTo(log.expected(50));
        assertThat(letters(database)).isZero();
    }

    /** Nobody says in which order partitions are written, but what is on its way is waited for. */
    @Test
    void aValueComesFromAnotherPartition(Scenario test) {
        Database database = table(test);
        fill(database, 20);
        try (TaskRun task = TaskRun.start(database, TOLERANT)) {
            task.open(ZERO, ONE);
            Log taking = new Log(ZERO);
            Log giving = new Log(ONE);
            for (int i = 1; i <= 20; i++) {
                taking.put(1000 + i, "n" + i);
                giving.put(i, "m" + i);
            }
            task.put(taking.records());
            task.callUntil("a lane to wait", () -> task.retries() > 0);
            task.put(giving.records());
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 20L, ONE, 20L)));
        }
        assertThat(letters(database)).isZero();
        assertThat(names(database)).hasSize(40);
    }

    @Test
    void tenThousandRowsHandTheirValuesOnQuickly(Scenario test) {
        Database database = table(test);
        int count = 10_000;
        fill(database, count);
        List<Integer> order =
                new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
        Collections.shuffle(order, new Random(7));
        Log log = new Log(ZERO);
        for (int i : order) {
            log.put(i, "m" + i);
            log.put(100_000 + i, "n" + i);
        }
        long began = System.nanoTime();

        assertThat(run(database, log, TOLERANT)).isEqualTo(log.expected(count));

        assertThat(letters(database)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    /** No order of single changes gets there, and nobody waits for ever. */
    @Test
    void aSwapOfTwoValuesEndsInBadRecordsAndAllElseIsWritten(Scenario test) {
        Database database = table(test);
        fill(database, 10);
        Log log = new Log(ZERO);
        log.put(1, "n2");
        log.put(2, "n1");
        for (int i = 3; i <= 10; i++) {
            log.put(i, "m" + i);
        }
        Map<Long, String> names = run(database, log, TOLERANT);

        assertThat(names).containsEntry(1L, "n1").containsEntry(2L, "n2").containsEntry(10L, "m10");
        assertThat(letters(database)).isEqualTo(2);
        assertThat(database.rows("SELECT reason FROM sluice_errors ORDER BY record_offset")
                        .get(0)
                        .get(0))
                .asString()
                .contains("people_name_key", "write.ordering=partition", "offset 0", "SQLSTATE 23505")
                .doesNotContain("n2", "insert.mode");
    }

    /** Each of them would be worth a wait, all of them together are not. */
    @Test
    void manyRowsThatAreThereTwiceDoNotWaitOneAfterTheOther(Scenario test) {
        Database database = table(test);
        fill(database, 10);
        Log log = new Log(ZERO);
        for (int i = 1; i <= 200; i++) {
            log.put(1000 + i, "n" + (i % 10 + 1));
            log.put(2000 + i, "x" + i);
        }
        long began = System.nanoTime();

        assertThat(run(database, log, TOLERANT)).hasSize(210);

        assertThat(letters(database)).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }

    /** Nothing can free a key but what is before it in its own lane. */
    @Test
    void aKeyThatIsThereAlreadyIsNotWaitedFor(Scenario test) {
        Database database = table(test);
        fill(database, 10);
        Log log = new Log(ZERO);
        log.put(1, "other");
        long began = System.nanoTime();
        try (TaskRun task = TaskRun.start(database, Settings.of(INTO_TABLE, Map.of("insert.mode", "insert")))) {
            task.open(ZERO);
            task.put(log.records());

            assertThat(task.failure()).contains("people_pkey", "insert.mode=upsert");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void theTaskFailsAtAValueThatNobodyFreesAndNamesTheConstraint(Scenario test) {
        Database database = table(test);
        fill(database, 10);
        Log log = new Log(ZERO);
        log.put(11, "n11");
        log.put(12, "n3");
        try (TaskRun task = TaskRun.start(database, INTO_TABLE)) {
            task.open(ZERO);
            task.put(log.records());

            assertThat(task.failure())
                    .contains("partition 0, offset 1", "people_name_key", "write.ordering=partition")
                    .doesNotContain("n3", "insert.mode");
        }
        assertThat(names(database)).containsEntry(11L, "n11").hasSize(11);
    }

    private static void writesAll(Log log, int rows, Scenario test, Map<String, String> settings) {
        Database database = table(test);
        fill(database, rows);
        assertThat(run(database, log, Settings.of(TOLERANT, settings))).isEqualTo(log.expected(rows));
        assertThat(letters(database)).isZero();
    }

    private static Map<Long, String> run(Database database, Log log, Map<String, String> settings) {
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            task.callUntil("the partition to be ours", () -> task.paused().isEmpty());
            task.put(log.records());
            Await.atMost(Duration.ofMinutes(2)).until("all to be durable", () -> {
                task.put(List.of());
                return task.preCommit().getOrDefault(ZERO, 0L) == log.records().size();
            });
        }
        return names(database);
    }

    private static Database table(Scenario test) {
        Database database = test.database();
        database.execute(
                "DROP TABLE IF EXISTS people, sluice_errors, sluice_offsets",
                "CREATE TABLE people (id int PRIMARY KEY, name text UNIQUE)");
        return database;
    }

    private static void fill(Database database, int rows) {
        database.execute("INSERT INTO people SELECT i, 'n' || i FROM generate_series(1, " + rows + ") AS i");
    }

    private static Map<Long, String> names(Database database) {
        Map<Long, String> names = new TreeMap<>();
        for (List<@Nullable Object> row : database.rows("SELECT id::bigint, name FROM people")) {
            names.put((Long) row.get(0), String.valueOf(row.get(1)));
        }
        return names;
    }

    private static long letters(Database database) {
        return database.hasTable("sluice_errors") ? database.count("sluice_errors") : 0;
    }

    /** Changes in their order, and what comes of them one by one. */
    private static final class Log {
        private final TopicPartition partition;
        private final List<SinkRecord> records = new ArrayList<>();
        private final Map<Long, @Nullable String> last = new HashMap<>();

        private Log(TopicPartition partition) {
            this.partition = partition;
        }

        void put(long id, String name) {
            add(id, Map.of("id", id, "name", name));
            last.put(id, name);
        }

        void delete(long id) {
            add(id, null);
            last.put(id, null);
        }

        private void add(long id, @Nullable Object value) {
            records.add(new SinkRecord(
                    partition.topic(), partition.partition(), null, Map.of("id", id), null, value, records.size()));
        }

        List<SinkRecord> records() {
            return List.copyOf(records);
        }

        Map<Long, String> expected(int rows) {
            Map<Long, String> names = new TreeMap<>();
            IntStream.rangeClosed(1, rows).forEach(i -> names.put((long) i, "n" + i));
            last.forEach((id, name) -> {
                if (name == null) {
                    names.remove(id);
                } else {
                    names.put(id, name);
                }
            });
            return names;
        }
    }
}
