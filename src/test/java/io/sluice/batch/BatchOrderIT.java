package io.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.InsertMode;
import io.sluice.config.WriteMethod;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.record.Change;
import io.sluice.write.Pipe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A batch leaves the table as its changes one by one would, whatever their order, keys and fields are, and by whichever
 * method it is written.
 */
@ExtendWith(HarnessExtension.class)
final class BatchOrderIT {

    private static final int BATCHES = 25;
    private static final int MOST_CHANGES = 40;
    private static final int KEYS = 5;
    private static final List<WriteMethod> METHODS = List.of(WriteMethod.COPY, WriteMethod.UNNEST, WriteMethod.ROWS);

    private final Random random = new Random(20_261_122);

    @ParameterizedTest
    @CsvSource({
        "UPSERT, int PRIMARY KEY, '', NULL",
        "UPSERT, numeric PRIMARY KEY, '', NULL",
        "UPSERT, 'numeric(6, 2) PRIMARY KEY', '', NULL",
        "UPSERT, int PRIMARY KEY, '', NOT NULL",
        "UPSERT, int PRIMARY KEY, b, NULL",
        "UPSERT, numeric PRIMARY KEY, b, NOT NULL",
        "UPDATE, int PRIMARY KEY, '', NULL",
        "UPDATE, int PRIMARY KEY, b, NULL",
        "INSERT, int, '', NULL",
    })
    void equalsItsChangesOneByOne(InsertMode insertMode, String idType, String version, String nullable, Scenario test)
            throws Exception {
        Database database = test.database();
        database.execute("CREATE TABLE t (id " + idType + ", a int, b int DEFAULT 7, c text " + nullable + ")");
        ExpectedTable expected = new ExpectedTable(insertMode, !version.isEmpty());
        if (insertMode == InsertMode.UPDATE) {
            database.execute("INSERT INTO t (id) SELECT generate_series(0, " + (KEYS - 1) + ")");
            for (int id = 0; id < KEYS; id++) {
                expected.insert(id);
            }
        }
        try (Pipe pipe = new Pipe(database, settings(insertMode, version))) {
            for (int batch = 0; batch < BATCHES; batch++) {
                int changes = 1 + random.nextInt(MOST_CHANGES);
                for (int i = 0; i < changes; i++) {
                    pipe.add("t", change(pipe, expected, idType.contains("(") ? 0.001 : 0));
                }
                WriteMethod method = METHODS.get(random.nextInt(METHODS.size()));
                pipe.commit(method);

                assertThat(rows(database))
                        .as("after batch %d, by %s", batch, method)
                        .isEqualTo(expected.sorted());
            }
        }
    }

    /**
     * A random change.
     *
     * @param deviation what a write adds to its key; a column that rounds takes it away again
     */
    private List<Change> change(Pipe pipe, ExpectedTable expected, double deviation) {
        if (random.nextInt(60) == 0) {
            expected.clear();
            return pipe.decode(truncation());
        }
        int id = random.nextInt(KEYS);
        Optional<Map<String, Object>> fields =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(fields(expected, id));
        expected.apply(id, fields);
        Number key = fields.isPresent() && deviation > 0 ? id + deviation : (Number) id;
        return pipe.decode(new SinkRecord("t", 0, null, Map.of("id", key), null, fields.orElse(null), 0));
    }

    private static SinkRecord truncation() {
        Schema row = SchemaBuilder.struct().optional().build();
        Schema event = SchemaBuilder.struct()
                .name("t.Envelope")
                .field("op", Schema.STRING_SCHEMA)
                .field("after", row)
                .build();
        return new SinkRecord("t", 0, null, null, event, new Struct(event).put("op", "t"), 0);
    }

    private Map<String, Object> fields(ExpectedTable expected, int id) {
        Map<String, Object> fields = new HashMap<>();
        if (random.nextBoolean()) {
            fields.put("a", random.nextInt(100));
        }
        if (expected.isVersioned() || random.nextBoolean()) {
            fields.put("b", random.nextInt(100));
        }
        if (!expected.has(id) || random.nextInt(3) > 0) {
            fields.put("c", "text " + random.nextInt(100));
        }
        return fields;
    }

    private static List<String> rows(Database database) {
        return database.rows("SELECT id::int, a, b, c FROM t").stream()
                .map(List::toString)
                .sorted()
                .toList();
    }

    private static Map<String, String> settings(InsertMode insertMode, String version) {
        return Map.of(
                "insert.mode", insertMode.name(),
                "pk.mode", "record_key",
                "delete.enabled", "true",
                "truncate.enabled", "true",
                "version.column", version);
    }
}
