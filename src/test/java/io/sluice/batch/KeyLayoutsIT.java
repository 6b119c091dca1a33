package io.sluice.batch;

import static io.sluice.harness.Database.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.record.RecordException;
import io.sluice.write.Pipe;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics that share a table may have its key's fields in different orders. */
@ExtendWith(HarnessExtension.class)
final class KeyLayoutsIT {
    private static final Map<String, String> SETTINGS = Map.of("pk.mode", "record_key", "delete.enabled", "true");

    @Test
    void eachDeletionTakesItsOwnRow(Scenario test) throws SQLException {
        Database database = table(test);
        try (Pipe pipe = new Pipe(database, SETTINGS)) {
            pipe.add("t", pipe.decode(deletion("a", 1L, "b", 2L)));
            pipe.add("t", pipe.decode(deletion("b", 4L, "a", 3L)));
            pipe.add("t", pipe.decode(deletion("b", 6L, "a", 5L)));
            pipe.add("t", pipe.decode(deletion("a", 7L, "b", 8L)));
            pipe.write("t", List.of());
        }

        assertThat(database.rows("SELECT a, b FROM t ORDER BY a"))
                .containsExactly(row(2L, 1L), row(4L, 3L), row(6L, 5L), row(8L, 7L));
    }

    @Test
    void alsoAfterADeletionThatDoesNotFit(Scenario test) throws SQLException {
        Database database = table(test);
        try (Pipe pipe = new Pipe(database, SETTINGS)) {
            assertThatThrownBy(() -> pipe.add("t", pipe.decode(deletion("b", 1.5, "a", 1L))))
                    .isInstanceOf(RecordException.class);
            pipe.add("t", pipe.decode(deletion("a", 1L, "b", 2L)));
            pipe.write("t", List.of());
        }

        assertThat(database.number("SELECT count(*) FROM t WHERE a = 1 AND b = 2"))
                .isZero();
        assertThat(database.count("t")).isEqualTo(7);
    }

    private static Database table(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE t (a bigint, b bigint, PRIMARY KEY (a, b))",
                "INSERT INTO t VALUES (1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5), (7, 8), (8, 7)");
        return database;
    }

    private static SinkRecord deletion(String first, Object firstValue, String second, Object secondValue) {
        Schema schema = SchemaBuilder.struct()
                .field(first, type(firstValue))
                .field(second, type(secondValue))
                .build();
        Struct key = new Struct(schema).put(first, firstValue).put(second, secondValue);
        return new SinkRecord("t", 0, schema, key, null, null, 0);
    }

    private static Schema type(Object value) {
        return value instanceof Double ? Schema.FLOAT64_SCHEMA : Schema.INT64_SCHEMA;
    }
}
