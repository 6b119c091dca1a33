package io.sluice.batch;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.harness.Database;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.ProcessLog;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.Change;
import io.sluice.record.EightColumns;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.type.ColumnBindings;
import io.sluice.write.Sessions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Changes into a batch: planned, encoded and reduced to the last of each key. The table is read once, before. */
@State(Scope.Thread)
public class BatchAssemblerBenchmark {
    private static final int CHANGES = 10_000;
    private static final TableId TABLE = new TableId("", EightColumns.TOPIC);

    @Param
    private EightColumns.Form form;

    /** How many keys the changes of a batch have. */
    @Param({"10000", "500"})
    private int keys;

    private List<Change> changes;
    private BatchAssembler assembler;

    @Setup
    public void start() throws SQLException {
        SinkConfig config = config(Map.of("connection.url", "jdbc:postgresql://localhost/db"));
        RecordDecoder decoder = new RecordDecoder(config.records(), IdentifierCase.AS_IS);
        Origin origin = new Origin(new TopicPartition(EightColumns.TOPIC, 0), 0);
        changes = EightColumns.records(form, CHANGES, keys).stream()
                .map(record ->
                        decoder.decode(record, origin, key -> Optional.empty()).get(0))
                .toList();
        ProcessLog log = new ProcessLog(Path.of(System.getProperty("project.build.directory"), "jmh-postgres.log"));
        try (PostgresServer server = PostgresServer.start(PostgresOptions.forTests(), log)) {
            plan(server.createDatabase("jmh"));
        }
    }

    private void plan(Database database) throws SQLException {
        SinkConfig config = config(database.connectionConfig());
        KeyRule rule =
                new KeyRule(config.records().keys().mode(), config.writes().insertMode());
        ColumnBindings bindings = new ColumnBindings(config.records().values());
        try (Sessions sessions = Sessions.of(config, Thread::new)) {
            TableCatalog catalog = new TableCatalog(sessions.connections(), config, rule, new SinkMetrics() {});
            assembler = new BatchAssembler(
                    new PlanCache(catalog, rule, bindings, config.writes()),
                    config.writes().insertMode());
            assemble();
        }
    }

    private static SinkConfig config(Map<String, String> connection) {
        Map<String, String> properties = new HashMap<>(connection);
        properties.put("pk.mode", "record_key");
        properties.put("auto.create", "true");
        properties.put("delete.enabled", "true");
        return SinkConfig.parse(properties);
    }

    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public long assemble() throws SQLException {
        assembler.clear();
        for (Change change : changes) {
            assembler.add(TABLE, change);
        }
        return assembler.batch().rows() + assembler.bytes();
    }
}
