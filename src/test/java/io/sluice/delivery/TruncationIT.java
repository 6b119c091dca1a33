package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A truncation is written where its place among the rows of its table is sure, and is a bad record everywhere else. */
@ExtendWith(HarnessExtension.class)
final class TruncationIT {
    private static final TopicPartition ZERO = new TopicPartition("shop.public.orders", 0);
    private static final TopicPartition ONE = new TopicPartition("shop.public.orders", 1);
    private static final TopicPartition OTHER = new TopicPartition("shop.public.items", 0);
    private static final TopicPartition NAMESAKE = new TopicPartition("store.public.orders", 0);
    private static final Map<String, String> OF_TOPIC = Map.of(
            "truncate.enabled",
            "true",
            "record.format",
            "debezium",
            "topics.to.tables.mapping",
            "shop.public.orders:orders,shop.public.items:items");
    private static final Map<String, String> OF_SOURCE = Map.of(
            "truncate.enabled",
            "true",
            "record.format",
            "debezium",
            "table.name.format",
            "${source.schema}.${source.table}");

    @Test
    void isRefusedWithMorePartitions(Scenario test) {
        assertThat(failure(test.database(), OF_TOPIC, ZERO, ONE))
                .contains("topic shop.public.orders, partition 0, offset 2")
                .contains("more than one partition")
                .contains("truncate.enabled=false")
                .doesNotContain("private");
        assertThat(test.database().count("orders")).isEqualTo(4);
    }

    /** Others may be somebody else's. */
    @Test
    void isRefusedInAnotherPartitionThanTheFirst(Scenario test) {
        assertThat(failure(test.database(), OF_TOPIC, ONE)).contains("more than one partition");
    }

    @Test
    void isRefusedWithMoreTasks(Scenario test) {
        assertThat(failure(test.database(), Settings.of(OF_TOPIC, Map.of("tasks.max", "2")), ZERO))
                .contains("tasks.max");
    }

    @Test
    void isRefusedWhereAnotherTopicGoesIntoTheTable(Scenario test) {
        Map<String, String> one =
                Map.of("truncate.enabled", "true", "record.format", "debezium", "table.name.format", "orders");
        assertThat(failure(test.database(), one, ZERO, OTHER)).contains("topic shop.public.items may have rows");
        assertThat(failure(test.database(), OF_SOURCE, ZERO, NAMESAKE)).contains("topic store.public.orders may have");
    }

    @Test
    void emptiesTheTableOfItsOwnTopic(Scenario test) {
        for (Map<String, String> settings : List.of(OF_TOPIC, OF_SOURCE)) {
            Database database = test.database();
            createTables(database);
            try (TaskRun task = TaskRun.start(database, settings)) {
                task.open(ZERO, OTHER);
                task.put(row(ZERO, 0, 1), row(ZERO, 1, 2), truncation(ZERO, 2), row(ZERO, 3, 3), row(OTHER, 0, 4));
                task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(OTHER, 1L, ZERO, 4L)));
            }
            assertThat(database.column("SELECT id FROM orders")).containsExactly(3L);
        }
    }

    @Test
    void costsNoRowWhereBadRecordsAreTolerated(Scenario test) {
        Database database = test.database();
        createTables(database);
        Map<String, String> settings =
                Settings.of(OF_TOPIC, Map.of("errors.tolerance", "all", "errors.table", "letters"));
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO, ONE);
            task.put(row(ZERO, 0, 1), row(ONE, 0, 2), truncation(ZERO, 1), row(ONE, 1, 3), row(ZERO, 2, 4));
            task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 3L, ONE, 2L)));
        }
        assertThat(database.count("orders")).isEqualTo(4);
        assertThat(database.column("SELECT part::text || ' ' || record_offset FROM letters"))
                .containsExactly("0 1");
    }

    private static String failure(Database database, Map<String, String> settings, TopicPartition... partitions) {
        createTables(database);
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(partitions);
            List<SinkRecord> records = new ArrayList<>();
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (TopicPartition partition : partitions) {
                records.add(row(partition, 0, records.size()));
                records.add(row(partition, 1, records.size()));
                ends.put(partition, 2L);
            }
            task.put(records);
            task.callUntil("the rows to be durable", () -> task.preCommit().equals(ends));
            task.put(truncation(partitions[0], 2));
            return task.failure();
        }
    }

    private static void createTables(Database database) {
        database.execute(
                "DROP TABLE IF EXISTS orders, items",
                "CREATE TABLE orders (id bigint PRIMARY KEY)",
                "CREATE TABLE items (id bigint PRIMARY KEY)");
    }

    private static SinkRecord row(TopicPartition partition, long offset, long id) {
        return Rows.value(partition, offset, Map.of("op", "c", "after", Map.of("id", id), "source", source(partition)));
    }

    private static SinkRecord truncation(TopicPartition partition, long offset) {
        return Rows.value(partition, offset, Map.of("op", "t", "source", source(partition)));
    }

    private static Map<String, Object> source(TopicPartition partition) {
        String topic = partition.topic();
        return Map.of("schema", "public", "table", topic.substring(topic.lastIndexOf('.') + 1), "note", "private");
    }
}
