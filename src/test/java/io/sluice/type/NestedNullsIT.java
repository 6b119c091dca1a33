package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.write.Pipe;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A null within a document is what a null of a field of its own is. */
@ExtendWith(HarnessExtension.class)
final class NestedNullsIT {
    private static final Schema NUMBER =
            SchemaBuilder.int32().optional().defaultValue(1).build();
    private static final Schema INNER = SchemaBuilder.struct()
            .optional()
            .field("n", NUMBER)
            .field("in", SchemaBuilder.struct().field("n", NUMBER).build())
            .field(
                    "list",
                    SchemaBuilder.array(
                                    SchemaBuilder.struct().field("n", NUMBER).build())
                            .build())
            .build();
    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("doc", INNER)
            .build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("t.Envelope")
            .field("op", Schema.STRING_SCHEMA)
            .field("after", ROW)
            .build();
    private static final String NULLS = "{\"n\": null, \"in\": {\"n\": null}, \"list\": [{\"n\": null}]}";
    private static final String DEFAULTS = "{\"n\": 1, \"in\": {\"n\": 1}, \"list\": [{\"n\": 1}]}";

    @Test
    void staysNullInAChangeEvent(Scenario test) throws SQLException {
        assertThat(written(test, Map.of(), event())).isEqualTo(NULLS);
    }

    @Test
    void staysNullInAWholeDocumentOfAChangeEvent(Scenario test) throws SQLException {
        assertThat(written(test, Map.of("document.column", "doc", "pk.fields", "id"), event()))
                .isEqualTo("{\"id\": 1, \"doc\": " + NULLS + "}");
    }

    @Test
    void staysNullWhereTheSettingsSaySo(Scenario test) throws SQLException {
        assertThat(written(test, Map.of("replace.null.with.default", "false"), record()))
                .isEqualTo(NULLS);
    }

    @Test
    void isTheDefaultOtherwise(Scenario test) throws SQLException {
        assertThat(written(test, Map.of(), record())).isEqualTo(DEFAULTS);
    }

    private static Object written(Scenario test, Map<String, String> settings, SinkRecord record) throws SQLException {
        test.database().execute("CREATE TABLE t (id int PRIMARY KEY, doc json)");
        Map<String, String> all = new HashMap<>(Map.of("pk.mode", "record_value", "pk.fields", "id"));
        all.putAll(settings);
        try (Pipe pipe = new Pipe(test.database(), all)) {
            pipe.write("t", List.of(record));
        }
        return test.database().column("SELECT doc::jsonb::text FROM t").get(0);
    }

    private static SinkRecord record() {
        return new SinkRecord("t", 0, null, null, ROW, row(), 0);
    }

    private static SinkRecord event() {
        return new SinkRecord(
                "t", 0, null, null, EVENT, new Struct(EVENT).put("op", "c").put("after", row()), 0);
    }

    private static Struct row() {
        Struct inner = new Struct(INNER)
                .put("n", null)
                .put("in", new Struct(INNER.field("in").schema()).put("n", null))
                .put("list", List.of(new Struct(INNER.field("list").schema().valueSchema()).put("n", null)));
        return new Struct(ROW).put("id", 1).put("doc", inner);
    }
}
