package io.sluice.delivery;

import io.sluice.harness.Database;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The rows that all tests of this package use: numbered versions of keys. */
final class Rows {
    static final String TABLE = "versions";
    /** To be put into a connector's configuration. */
    static final Map<String, String> INTO_TABLE = Map.of("table.name.format", TABLE);

    private Rows() {}

    static void createTable(Database database) {
        createTable(database, TABLE);
    }

    static void createTable(Database database, String table) {
        database.execute(
                "CREATE TABLE " + Database.quoted(table) + " (id bigint PRIMARY KEY, version bigint, note text)");
    }

    /** The version of each key as the table has it. */
    static Map<Long, Long> versions(Database database, String table) {
        Map<Long, Long> versions = new TreeMap<>();
        for (List<@Nullable Object> row : database.rows("SELECT id, version FROM " + Database.quoted(table))) {
            versions.put((Long) row.get(0), (Long) row.get(1));
        }
        return versions;
    }

    static Map<Long, Long> versions(Database database) {
        return versions(database, TABLE);
    }

    static SinkRecord row(TopicPartition partition, long offset, long id, long version) {
        return value(partition, offset, Map.of("id", id, "version", version));
    }

    static SinkRecord value(TopicPartition partition, long offset, @Nullable Object value) {
        return new SinkRecord(partition.topic(), partition.partition(), null, null, null, value, offset);
    }

    /** As many rows from that offset on, the id one more than the offset, all of one version. */
    static List<SinkRecord> rows(TopicPartition partition, int from, int count, long version) {
        return IntStream.range(from, from + count)
                .mapToObj(offset -> row(partition, offset, offset + 1, version))
                .toList();
    }
}
