package io.sluice.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/** The database that is read, on a server of its own, with the clients that change it. */
final class Source implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SESSIONS = 3;
    private static final int BENCH_PER_SECOND = 20;
    private static final int TYPED_PER_SECOND = 20;

    private static final String STREAMS =
            "SELECT count(*) FROM pg_stat_replication WHERE state IN ('catchup', 'streaming')";

    private final Scenario test;
    private final Database database;
    private final TypedWorkload typed;
    private final Clients typedClients;
    private final Clients benchClients;
    private long begin = System.nanoTime();

    private Source(Scenario test, Database database, TypedWorkload typed, Random random) throws SQLException {
        this.test = test;
        this.database = database;
        this.typed = typed;
        this.typedClients = Clients.start(typed, database, SESSIONS, TYPED_PER_SECOND, random);
        this.benchClients = Clients.start(new BenchWorkload(), database, SESSIONS, BENCH_PER_SECOND, random);
    }

    /** Makes the tables with a few rows, and begins to change them. */
    static Source underLoad(Scenario test, long seed) throws SQLException {
        PostgresServer server =
                test.startPostgres("source", PostgresOptions.forTests().withLogicalDecoding());
        Database database = server.createDatabase("source");
        Random random = new Random(seed);
        TypedWorkload typed = new TypedWorkload();
        typed.create(database, random);
        BenchWorkload.create(database);
        database.execute("CREATE TABLE typed.marker (id int PRIMARY KEY)");
        return new Source(test, database, typed, random);
    }

    /** The same tables, empty. */
    static void createTables(Database copy) {
        TypedWorkload.createEmpty(copy);
        BenchWorkload.createEmpty(copy);
        copy.execute("CREATE TABLE typed.marker (id int PRIMARY KEY)");
    }

    /** The schemas and the types, for a sink that makes the tables itself. */
    static void createSchemas(Database copy) {
        TypedTables.preparation().forEach(copy::execute);
        copy.execute("CREATE SCHEMA bench");
    }

    Database database() {
        return database;
    }

    /** Waits until so many readers have their snapshots, and read the log. The load's time begins then. */
    void awaitReaders(int number) {
        test.await().within(PATIENCE).until(number + " readers of the log", () -> database.number(STREAMS) == number);
        begin = System.nanoTime();
    }

    /** Waits until the load has run for so long. */
    void awaitLoad(Duration duration) {
        test.await().within(duration.plusMinutes(1)).until("the load to have run for " + duration, () -> {
            typedClients.requireNoFailure();
            benchClients.requireNoFailure();
            return System.nanoTime() - begin >= duration.toNanos();
        });
    }

    /** Adds a column, which is written from now on, and a row at once: Debezium tells of a column with its first change. */
    void evolve(Evolution step) {
        typed.evolve(database, step);
        database.execute("INSERT INTO typed." + step.table() + " (id) SELECT coalesce(min(id), 0) - 1 FROM typed."
                + step.table());
    }

    /** Ends the load, after which nothing changes but the marker, the last change of all. */
    void finish() throws SQLException {
        typedClients.finish();
        benchClients.finish();
        assertThat(typed.changes().values())
                .as("changes of each kind: " + typed.changes())
                .doesNotContain(0L);
        database.execute("INSERT INTO typed.marker VALUES (1)");
        System.out.println(
                "Transactions: " + benchClients.transactions() + " of pgbench, " + typedClients.transactions()
                        + " of every type with " + typed.changes() + ", lost " + typedClients.lost());
    }

    @Override
    public void close() throws SQLException {
        typedClients.close();
        benchClients.close();
    }
}
