package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of several tables is locked: it alone waits, and nothing of it is lost or overtaken. */
@ExtendWith(HarnessExtension.class)
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class ParkedTableIT {
    private static final TopicPartition FREE = new TopicPartition("free", 0);
    private static final TopicPartition LOCKED = new TopicPartition("locked", 0);
    private static final TopicPartition MORE = new TopicPartition("locked", 1);
    private static final Duration WHILE = Duration.ofSeconds(3);

    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once", "at_most_once"})
    void onlyTheLockedTableWaits(String guarantee, Scenario test) {
        Database database = tables(test);
        try (TaskRun task = start(database, Map.of("delivery.guarantee", guarantee))) {
            warmUp(database, task);
            try (Locks lock = Locks.writes(database, "locked")) {
                int version = 2;
                for (long end = System.nanoTime() + WHILE.toNanos(); System.nanoTime() < end; version++) {
                    List<SinkRecord> both = new ArrayList<>(rows(FREE, version));
                    if (!task.paused().contains(LOCKED)) {
                        both.addAll(rows(LOCKED, version));
                    }
                    task.put(both);
                    awaitVersion(database, task, "free", version);
                    assertThat(task.paused()).doesNotContain(FREE);
                }
                assertThat(task.paused()).containsExactly(LOCKED);
                assertThat(Rows.versions(database, "locked")).containsOnly(entries(1));
                assertThat(task.preCommit())
                        .containsEntry(FREE, (version - 1) * 100L)
                        .containsEntry(LOCKED, 100L);
                assertThat(version).as("rounds meanwhile").isGreaterThan(10);
            }
            task.callUntil("the partition to flow", () -> task.paused().isEmpty());
            long last = task.preCommit().get(LOCKED) / 100;
            assertThat(last).isGreaterThan(1);
            assertThat(Rows.versions(database, "locked")).containsOnly(entries(last));
            task.put(rows(LOCKED, (int) last + 1));
            awaitVersion(database, task, "locked", last + 1);
        }
    }

    /** Somebody reads it for long, so that it cannot get the column that a record brings. */
    @Test
    void aTableThatCannotBeChangedLeavesTheOthersAlone(Scenario test) {
        Database database = tables(test);
        try (TaskRun task = start(database, Map.of("auto.evolve", "true", "write.parallelism", "1"))) {
            warmUp(database, task);
            try (Locks lock = Locks.definition(database, "locked")) {
                task.put(Rows.value(LOCKED, 100, Map.of("id", 1L, "version", 2L, "added", "new")));
                int version = 2;
                for (long end = System.nanoTime() + WHILE.toNanos(); System.nanoTime() < end; version++) {
                    task.put(rows(FREE, version));
                    awaitVersion(database, task, "free", version);
                }
                assertThat(version).as("rounds meanwhile").isGreaterThan(3);
                assertThat(task.preCommit()).containsEntry(LOCKED, 100L);
            }
            task.callUntil("the column", () -> task.preCommit().get(LOCKED) == 101L);
            assertThat(database.column("SELECT added FROM locked WHERE id = 1")).containsExactly("new");
        }
    }

    @Test
    void whatIsParkedOfARevokedPartitionIsDropped(Scenario test) {
        Database database = tables(test);
        try (TaskRun task = start(database, Map.of())) {
            warmUp(database, task);
            task.open(MORE);
            Map<TopicPartition, Long> committed;
            try (Locks lock = Locks.writes(database, "locked")) {
                park(task);
                task.put(Rows.row(MORE, 0, 1_000, 7));
                task.callUntil("both to be held back", () -> task.paused().equals(Set.of(LOCKED, MORE)));
                long began = System.nanoTime();
                committed = task.revoke(LOCKED);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            }
            assertThat(committed).containsEntry(LOCKED, 100L);
            task.callUntil(
                    "the other partition's row",
                    () -> Rows.versions(database, "locked").containsKey(1_000L));
            assertThat(Rows.versions(database, "locked").get(1L)).isEqualTo(1);
            task.callUntil("nothing to wait any more", () -> task.counter("QueuedRecords") == 0);

            task.open(LOCKED);
            assertThat(task.paused()).isEmpty();
            task.put(rows(LOCKED, 2));
            awaitVersion(database, task, "locked", 2);
            task.callUntil("its offset", () -> task.preCommit().get(LOCKED) == 200L);
        }
    }

    @Test
    void aTaskStopsAtOnceWhileATableIsLocked(Scenario test) {
        Database database = tables(test);
        try (TaskRun task = start(database, Map.of())) {
            warmUp(database, task);
            try (Locks lock = Locks.table(database, "locked")) {
                park(task);
                long began = System.nanoTime();
                task.close();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            }
            assertThat(Rows.versions(database, "locked")).containsOnly(entries(1));
        }
    }

    @Test
    void aTableThatIsLockedFromTheStartDoesNotKeepTheOthersFromStarting(Scenario test) {
        Database database = tables(test);
        try (Locks lock = Locks.table(database, "locked");
                TaskRun task = start(database, Map.of("lock.timeout.ms", "1000", "write.parallelism", "1"))) {
            task.open(FREE, LOCKED);
            task.put(rows(LOCKED, 1));
            task.callUntil("the lock to be met", () -> task.retries() > 0);
            task.put(rows(FREE, 1));
            awaitVersion(database, task, "free", 1);
        }
    }

    @Test
    void aPartitionKeepsItsOrderWhereThatIsAskedFor(Scenario test) {
        Database database = tables(test);
        Map<String, String> settings =
                Map.of("write.ordering", "partition", "table.name.format", "${field.goes}", "fields.blacklist", "goes");
        try (TaskRun task = start(database, settings)) {
            task.open(FREE, LOCKED);
            task.put(to("free", FREE, 0, 1), to("locked", LOCKED, 0, 1));
            task.callUntil("both", () -> task.preCommit().equals(Map.of(FREE, 1L, LOCKED, 1L)));
            try (Locks lock = Locks.writes(database, "locked")) {
                task.put(to("locked", LOCKED, 1, 2), to("free", LOCKED, 2, 3));
                task.callUntil("its partition to wait", () -> task.paused().contains(LOCKED));
                task.put(to("free", FREE, 1, 4), to("free", LOCKED, 3, 5));
                task.callUntil("the other partition", () -> task.preCommit().equals(Map.of(FREE, 2L, LOCKED, 1L)));
                assertThat(Rows.versions(database, "free")).containsOnlyKeys(1L, 4L);
            }
            task.callUntil("all", () -> task.preCommit().equals(Map.of(FREE, 2L, LOCKED, 4L)));
            assertThat(Rows.versions(database, "free")).containsOnlyKeys(1L, 3L, 4L, 5L);
        }
    }

    @Test
    void rowsThatReferToALockedTableWaitForIt(Scenario test) {
        Database database = tables(test);
        database.execute("ALTER TABLE free ADD FOREIGN KEY (version) REFERENCES locked (id)");
        try (TaskRun task = start(database, Map.of("write.parallelism", "1"))) {
            task.open(FREE, LOCKED);
            task.put(Rows.row(LOCKED, 0, 1, 1), Rows.row(FREE, 0, 1, 1));
            task.callUntil("both", () -> task.preCommit().equals(Map.of(FREE, 1L, LOCKED, 1L)));
            try (Locks lock = Locks.writes(database, "locked")) {
                task.put(Rows.row(LOCKED, 1, 2, 1), Rows.row(FREE, 1, 2, 2));
                // What refers to rows that nobody brings is given up after ten seconds.
                long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
                Await.atMost(Duration.ofSeconds(20)).until("twelve seconds to pass", () -> {
                    task.put(List.of());
                    return System.nanoTime() > end;
                });
            }
            task.callUntil("both", () -> task.preCommit().equals(Map.of(FREE, 2L, LOCKED, 2L)));
        }
    }

    private static Database tables(Scenario test) {
        Rows.createTable(test.database(), "free");
        Rows.createTable(test.database(), "locked");
        return test.database();
    }

    private static TaskRun start(Database database, Map<String, String> settings) {
        return TaskRun.start(database, Settings.of(Map.of("table.name.format", "${topic}"), settings));
    }

    /** Both tables have version 1. */
    private static void warmUp(Database database, TaskRun task) {
        task.open(FREE, LOCKED);
        // A task that has to be given its partitions is told where to start.
        task.callUntil("the partitions", () -> task.paused().isEmpty());
        task.takeSeeks();
        task.put(List.of());
        List<SinkRecord> both = new ArrayList<>(rows(FREE, 1));
        both.addAll(rows(LOCKED, 1));
        task.put(both);
        awaitVersion(database, task, "free", 1);
        awaitVersion(database, task, "locked", 1);
        task.callUntil("the offsets", () -> task.preCommit().equals(Map.of(FREE, 100L, LOCKED, 100L)));
    }

    /** Version 2 of the locked table waits. */
    private static void park(TaskRun task) {
        task.put(rows(LOCKED, 2));
        task.callUntil("the partition to be held back", () -> task.paused().contains(LOCKED));
    }

    private static List<SinkRecord> rows(TopicPartition partition, int version) {
        List<SinkRecord> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Rows.row(partition, (version - 1) * 100L + i, i, version));
        }
        return rows;
    }

    private static SinkRecord to(String table, TopicPartition partition, long offset, long id) {
        return Rows.value(partition, offset, Map.of("id", id, "version", 1, "goes", table));
    }

    private static Map.Entry<Long, Long>[] entries(long version) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map.Entry<Long, Long>[] entries = new Map.Entry[100];
        for (long id = 0; id < entries.length; id++) {
            entries[(int) id] = Map.entry(id, version);
        }
        return entries;
    }

    private static void awaitVersion(Database database, TaskRun task, String table, long version) {
        task.callUntil(
                "version " + version + " in " + table,
                () -> database.number("SELECT count(*) FROM " + Database.quoted(table) + " WHERE version = ?", version)
                        == 100);
    }
}
