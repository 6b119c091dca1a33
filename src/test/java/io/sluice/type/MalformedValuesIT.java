package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.record.RecordException;
import io.sluice.write.Pipe;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A value that is not what the name of its schema promises makes its record a bad one. */
@ExtendWith(HarnessExtension.class)
final class MalformedValuesIT {
    private static final Schema DECIMAL = SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.OPTIONAL_INT32_SCHEMA)
            .field("value", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();
    private static final Schema POINT = SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Point")
            .field("x", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("y", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .build();
    private static final Schema VECTOR = SchemaBuilder.struct()
            .name("io.debezium.data.SparseDoubleVector")
            .field("dimensions", Schema.INT16_SCHEMA)
            .field(
                    "vector",
                    SchemaBuilder.map(Schema.INT16_SCHEMA, Schema.FLOAT64_SCHEMA)
                            .optional()
                            .build())
            .build();

    @Test
    void isABadRecord(Scenario test) throws SQLException {
        test.database().execute("CREATE TABLE t (id int PRIMARY KEY, n numeric, p point, v text)");
        try (Pipe pipe = new Pipe(test.database(), Map.of("pk.mode", "record_key", "pk.fields", "id"))) {
            refuses(pipe, "n", new Struct(DECIMAL).put("scale", 1).put("value", new byte[0]));
            refuses(pipe, "n", new Struct(DECIMAL).put("scale", 1));
            refuses(pipe, "n", new Struct(DECIMAL).put("value", new byte[] {1}));
            refuses(pipe, "p", new Struct(POINT).put("y", 1.0));
            refuses(pipe, "v", new Struct(VECTOR).put("dimensions", (short) 3));
        }
    }

    private static void refuses(Pipe pipe, String column, Struct value) {
        Schema schema = SchemaBuilder.struct().field(column, value.schema()).build();
        SinkRecord record =
                new SinkRecord("t", 0, Schema.INT32_SCHEMA, 1, schema, new Struct(schema).put(column, value), 0);
        assertThatThrownBy(() -> pipe.add("t", pipe.decode(record)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("column \"" + column + "\"");
    }
}
