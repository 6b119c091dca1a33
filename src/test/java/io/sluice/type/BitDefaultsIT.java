package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A boolean that was {@code bit(1)} at the source keeps its default. */
@ExtendWith(HarnessExtension.class)
final class BitDefaultsIT {
    @Test
    void aNewTableHasIt(Scenario test) throws SQLException {
        write(test);

        test.database().execute("INSERT INTO t VALUES (2)");
        assertThat(test.database().texts("SELECT no, yes FROM t ORDER BY id"))
                .containsExactly(List.of("1", "0"), List.of("0", "1"));
    }

    @Test
    void aNewColumnHasIt(Scenario test) throws SQLException {
        test.database().execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (2)");
        write(test);

        assertThat(test.database().texts("SELECT no, yes FROM t ORDER BY id"))
                .containsExactly(List.of("1", "0"), List.of("0", "1"));
    }

    private static void write(Scenario test) throws SQLException {
        Schema schema = SchemaBuilder.struct()
                .field("no", bit(false))
                .field("yes", bit(true))
                .build();
        Struct row = new Struct(schema).put("no", true).put("yes", false);
        Map<String, String> settings =
                Map.of("auto.create", "true", "auto.evolve", "true", "pk.mode", "record_key", "pk.fields", "id");
        try (Pipe pipe = new Pipe(test.database(), settings)) {
            pipe.write("t", List.of(new SinkRecord("t", 0, Schema.INT32_SCHEMA, 1, schema, row, 0)));
        }
    }

    private static Schema bit(boolean defaultValue) {
        return SchemaBuilder.bool()
                .defaultValue(defaultValue)
                .parameter("__debezium.source.column.type", "BIT")
                .parameter("__debezium.source.column.length", "1")
                .build();
    }
}
