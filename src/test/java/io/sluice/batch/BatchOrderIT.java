package io.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.IdentifierCase;
import io.sluice.config.InsertMode;
import io.sluice.config.KeyMode;
import io.sluice.config.SinkConfig;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.Change;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.type.ColumnBindings;
import io.sluice.write.BatchWriter;
import io.sluice.write.PgSession;
import io.sluice.write.Sessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch leaves the table as its changes one by one would, whatever their order, keys and fields are. */
@ExtendWith(HarnessExtension.class)
final class BatchOrderIT {

    private static final int BATCHES = 250;
    private static final int MOST_CHANGES = 40;
    private static final int KEYS = 5;
    private static final TableId TABLE = new TableId("", "t");

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
        SinkConfig config = config(database, insertMode, version);
        try (Sessions sessions = Sessions.of(config, Thread::new);
                PgSession session = sessions.open()) {
            KeyRule keys = new KeyRule(KeyMode.RECORD_KEY, insertMode);
            TableCatalog catalog = new TableCatalog(
                    sessions.connections(), config.tables(), config.records().values(), keys, new SinkMetrics() {});
            BatchAssembler assembler = new BatchAssembler(
                    new PlanCache(
                            catalog, keys, new ColumnBindings(config.records().values()), config.writes()),
                    insertMode);
            RecordDecoder decoder = new RecordDecoder(config.records(), IdentifierCase.AS_IS);
            BatchWriter writer = new BatchWriter(config.writes(), new SinkMetrics() {});
            for (int batch = 0; batch < BATCHES; batch++) {
                int changes = 1 + random.nextInt(MOST_CHANGES);
                for (int i = 0; i < changes; i++) {
                    Change change = change(decoder, expected, idType.contains("(") ? 0.001 : 0);
                    assembler.add(TABLE, change);
                }
                writer.write(session, assembler.batch());
                session.commit();
                assembler.clear();

                assertThat(rows(database)).as("after batch %d", batch).isEqualTo(expected.sorted());
            }
        }
    }

    /**
     * A random change.
     *
     * @param deviation what a write adds to its key; a column that rounds takes it away again
     */
    private Change change(RecordDecoder decoder, ExpectedTable expected, double deviation) {
        if (random.nextInt(60) == 0) {
            expected.clear();
            return decoder.decode(truncation(), new Origin(new TopicPartition("t", 0), 0))
                    .get(0);
        }
        int id = random.nextInt(KEYS);
        Optional<Map<String, Object>> fields =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(fields(expected, id));
        expected.apply(id, fields);
        Number key = fields.isPresent() && deviation > 0 ? id + deviation : (Number) id;
        SinkRecord record = new SinkRecord("t", 0, null, Map.of("id", key), null, fields.orElse(null), 0);
        return decoder.decode(record, new Origin(new TopicPartition("t", 0), 0)).get(0);
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

    private static SinkConfig config(Database database, InsertMode insertMode, String version) {
        Map<String, String> properties = new HashMap<>(database.connectionConfig());
        properties.put("insert.mode", insertMode.name());
        properties.put("pk.mode", "record_key");
        properties.put("delete.enabled", "true");
        properties.put("truncate.enabled", "true");
        properties.put("version.column", version);
        return SinkConfig.parse(properties);
    }
}
