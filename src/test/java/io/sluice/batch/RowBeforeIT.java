package io.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.write.Pipe;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change event tells of the row before; a record key that was made for something else need not name the row. */
@ExtendWith(HarnessExtension.class)
final class RowBeforeIT {
    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("id", Schema.OPTIONAL_INT64_SCHEMA)
            .field("customer", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("t.Envelope")
            .field("op", Schema.STRING_SCHEMA)
            .field("before", ROW)
            .field("after", ROW)
            .build();
    private static final Schema KEY =
            SchemaBuilder.struct().field("customer", Schema.INT64_SCHEMA).build();

    @Test
    void givesTheKeyThatTheRecordKeyLacks(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, customer bigint)");
        write(database, event("c", null, row(1L, 7L)), event("c", null, row(2L, 7L)));
        write(database, event("d", row(1L, 7L), null));

        assertThat(database.column("SELECT id FROM t")).containsExactly(2L);
    }

    /** It may hold no more than the key of the source's table. */
    @Test
    void givesWayToTheRecordKey(Scenario test) throws SQLException {
        Database database = test.database();
        database.execute(
                "CREATE TABLE t (id bigint, customer bigint PRIMARY KEY)", "INSERT INTO t VALUES (1, 7), (2, 8)");
        write(database, event("d", row(1L, null), null));

        assertThat(database.column("SELECT id FROM t")).containsExactly(2L);
    }

    private static void write(Database database, SinkRecord... records) throws SQLException {
        try (Pipe pipe = new Pipe(database, Map.of("delete.enabled", "true"))) {
            pipe.write("t", List.of(records));
        }
    }

    private static SinkRecord event(String operation, @Nullable Struct before, @Nullable Struct after) {
        Struct event =
                new Struct(EVENT).put("op", operation).put("before", before).put("after", after);
        return new SinkRecord("t", 0, KEY, new Struct(KEY).put("customer", 7L), EVENT, event, 0);
    }

    private static Struct row(long id, @Nullable Long customer) {
        return new Struct(ROW).put("id", id).put("customer", customer);
    }
}
