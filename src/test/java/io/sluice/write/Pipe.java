package io.sluice.write;

import io.sluice.batch.Batch;
import io.sluice.batch.BatchAssembler;
import io.sluice.batch.PlanCache;
import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteConfig;
import io.sluice.config.WriteMethod;
import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.ledger.Claim;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.Change;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.type.ColumnBindings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Everything between a record and its row, in the caller's thread: decoder, catalog, encoder and writer. */
public final class Pipe implements AutoCloseable {
    private static final Origin ORIGIN = new Origin(new TopicPartition("t", 0), 0);
    /** The pool waits a second for a connection and a lane then tries again; on a loaded machine so must this. */
    private static final Await PATIENCE = Await.atMost(Duration.ofSeconds(30));

    private final Function<WriteMethod, BatchWriter> writers;
    private final Sessions sessions;
    private final PgSession session;
    private final RecordDecoder decoder;
    private final BatchAssembler assembler;
    private final WriteMethod method;

    public Pipe(Database database, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(database.connectionConfig());
        properties.putAll(settings);
        SinkConfig config = SinkConfig.parse(properties);
        KeyRule keys =
                new KeyRule(config.records().keys().mode(), config.writes().insertMode());
        this.method = config.writes().method();
        this.sessions = Sessions.of(config, Thread::new);
        this.session = PATIENCE.until("a session", sessions::borrow, opened -> true);
        PATIENCE.until("a connection for the catalog", this::connects);
        TableCatalog catalog = new TableCatalog(
                sessions.connections(), config.tables(), config.records().values(), keys, new SinkMetrics() {});
        ColumnBindings bindings = new ColumnBindings(config.records().values());
        this.assembler = new BatchAssembler(
                new PlanCache(catalog, keys, bindings, config.writes()),
                config.writes().insertMode());
        this.decoder = new RecordDecoder(config.records(), IdentifierCase.AS_IS);
        Map<WriteMethod, BatchWriter> known = new EnumMap<>(WriteMethod.class);
        this.writers = by -> known.computeIfAbsent(by, none -> {
            properties.put(WriteConfig.METHOD, by.name());
            return new BatchWriter(SinkConfig.parse(properties).writes(), DeadLetters.NONE, new SinkMetrics() {});
        });
    }

    /** The changes that the record asks for. */
    public List<Change> decode(SinkRecord record) {
        return decoder.decode(record, ORIGIN);
    }

    /** Adds changes to the batch. */
    public void add(String table, List<Change> changes) throws SQLException {
        for (Change change : changes) {
            assembler.add(new TableId("", table), change);
        }
    }

    /** What was added since the last commit. */
    Batch batch() {
        return assembler.batch();
    }

    /** Opens a connection that then stays in the pool. */
    private boolean connects() throws SQLException {
        try (Connection connection = sessions.connections().getConnection()) {
            return !connection.isClosed();
        }
    }

    BatchWriter writer(WriteMethod by) {
        return writers.apply(by);
    }

    /** Forgets what was added. */
    void clear() {
        assembler.clear();
    }

    PgSession session() {
        return session;
    }

    /** Writes the batch in one transaction. */
    public void commit(WriteMethod by) throws SQLException {
        writer(by).write(session, assembler.batch(), Claim.NONE);
        session.commit();
        assembler.clear();
    }

    /** Writes the records in one transaction. */
    public void write(WriteMethod by, String table, List<SinkRecord> records) throws SQLException {
        for (SinkRecord record : records) {
            add(table, decode(record));
        }
        commit(by);
    }

    /** Writes the records in one transaction, as the settings say. */
    public void write(String table, List<SinkRecord> records) throws SQLException {
        write(method, table, records);
    }

    @Override
    public void close() {
        session.close();
        sessions.close();
    }
}
