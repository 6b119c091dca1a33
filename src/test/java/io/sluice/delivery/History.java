package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A table with a trigger that writes down each row that is written, so that nothing is written twice without a trace. Each
 * record has a row of its own.
 */
final class History {
    static final String TABLE = "rows_once";
    static final Map<String, String> EXACTLY_ONCE = Map.of(
            "table.name.format", TABLE,
            "delivery.guarantee", "exactly_once",
            "consumer.override.isolation.level", "read_committed",
            "exactly.once.id", "history");

    private static final long PER_PARTITION = 1_000_000;

    private final Database database;

    private History(Database database) {
        this.database = database;
    }

    static History in(Database database) {
        database.execute("CREATE TABLE rows_once (id bigint PRIMARY KEY, version bigint)");
        database.execute("CREATE TABLE history (number bigserial PRIMARY KEY, id bigint, version bigint, writer text)");
        database.execute("""
                CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO history (id, version, writer)
                    VALUES (NEW.id, NEW.version, current_setting('application_name'));
                    RETURN NULL;
                END $$""");
        database.execute("CREATE TRIGGER remember AFTER INSERT OR UPDATE ON rows_once"
                + " FOR EACH ROW EXECUTE FUNCTION remember()");
        return new History(database);
    }

    /** The tables that are there. */
    static History of(Database database) {
        return new History(database);
    }

    /** Records with ids of their own, from an offset of a partition on. */
    static List<SinkRecord> records(TopicPartition partition, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(offset -> Rows.row(partition, offset, id(partition, offset), offset))
                .toList();
    }

    private static long id(TopicPartition partition, long offset) {
        return partition.partition() * PER_PARTITION + offset;
    }

    long written() {
        return database.number("SELECT count(*) FROM history");
    }

    /** Each of these many records of each partition is there, and was written once. */
    void assertEachOnce(long perPartition, TopicPartition... partitions) {
        assertThat(database.rows("SELECT id, count(*) FROM history GROUP BY id HAVING count(*) > 1 LIMIT 10"))
                .as("written more than once")
                .isEmpty();
        for (TopicPartition partition : partitions) {
            assertThat(database.number(
                            "SELECT count(*) FROM history WHERE id / " + PER_PARTITION + " = " + partition.partition()))
                    .as("rows of " + partition)
                    .isEqualTo(perPartition);
        }
    }
}
