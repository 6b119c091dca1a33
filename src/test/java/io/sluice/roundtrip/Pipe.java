package io.sluice.roundtrip;

import io.sluice.batch.BatchAssembler;
import io.sluice.batch.PlanCache;
import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.harness.Database;
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
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Everything between a record and its row, in the caller's thread: decoder, catalog, encoder and writer. */
final class Pipe implements AutoCloseable {
    private static final Origin ORIGIN = new Origin(new TopicPartition("t", 0), 0);

    private final Sessions sessions;
    private final PgSession session;
    private final RecordDecoder decoder;
    private final BatchAssembler assembler;
    private final BatchWriter writer;

    Pipe(Database database, Map<String, String> settings) throws SQLException {
        Map<String, String> properties = new HashMap<>(database.connectionConfig());
        properties.putAll(settings);
        SinkConfig config = SinkConfig.parse(properties);
        KeyRule keys =
                new KeyRule(config.records().keys().mode(), config.writes().insertMode());
        this.sessions = Sessions.of(config, Thread::new);
        this.session = sessions.open();
        TableCatalog catalog = new TableCatalog(
                sessions.connections(), config.tables(), config.records().values(), keys, new SinkMetrics() {});
        ColumnBindings bindings = new ColumnBindings(config.records().values());
        this.assembler = new BatchAssembler(
                new PlanCache(catalog, keys, bindings, config.writes()),
                config.writes().insertMode());
        this.decoder = new RecordDecoder(config.records(), IdentifierCase.AS_IS);
        this.writer = new BatchWriter(config.writes(), new SinkMetrics() {});
    }

    /** Writes the records in one transaction. */
    void write(String table, List<SinkRecord> records) throws SQLException {
        TableId id = new TableId("", table);
        for (SinkRecord record : records) {
            for (Change change : decoder.decode(record, ORIGIN)) {
                assembler.add(id, change);
            }
        }
        writer.write(session, assembler.batch());
        session.commit();
        assembler.clear();
    }

    @Override
    public void close() {
        session.close();
        sessions.close();
    }
}
