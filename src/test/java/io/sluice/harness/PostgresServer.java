package io.sluice.harness;

import java.util.Optional;

/**
 * A PostgreSQL server to test against: one that the harness runs itself, as a process or in a container, or the one that
 * {@code SLUICE_TEST_PG_URL} names.
 */
public interface PostgresServer extends AutoCloseable {

    /** Names a server to use instead of an embedded one, as a JDBC URL with {@code user} and {@code password}. */
    String URL_VARIABLE = "SLUICE_TEST_PG_URL";

    static PostgresServer start(PostgresOptions options, ProcessLog log) {
        return Optional.ofNullable(System.getenv(URL_VARIABLE))
                .filter(url -> !url.isBlank())
                .<PostgresServer>map(url -> ExternalPostgres.at(url, log))
                .orElseGet(() -> Containers.areWanted()
                        ? ContainerPostgres.start(options, log)
                        : EmbeddedPostgres.start(options, log));
    }

    /** The database that administration starts from, with the rights of a superuser where the server is embedded. */
    Database admin();

    ProcessLog log();

    /** The process that has started all others of the server. */
    long pid();

    boolean isRunning();

    /** Starts the server again after {@link #stop}, {@link #crash} or {@link #kill}, on the same port and data. */
    void start();

    /** Ends all sessions in good order and shuts down ("fast"). */
    void stop();

    /** Shuts down at once, without a checkpoint; the next start recovers from the write-ahead log ("immediate"). */
    void crash();

    /** kill -9, for the server and all of its processes. */
    void kill();

    /** A standby that follows this server asynchronously; the server is restarted for it. */
    default PostgresServer startStandby(ProcessLog standbysLog) {
        throw new HarnessException("Only an embedded server can be given a standby.");
    }

    /** Takes a server in a container off the network: what is sent to it or by it is lost, and nobody is told. */
    default void disconnect() {
        throw new HarnessException("Only a container can be taken off the network.");
    }

    /** Puts it back. */
    default void reconnect() {
        throw new HarnessException("Only a container can be put back on the network.");
    }

    @Override
    void close();

    default Database createDatabase(String name) {
        admin().execute("CREATE DATABASE " + Database.quoted(name));
        return admin().inDatabase(name);
    }

    default void dropDatabase(Database database) {
        admin().execute("DROP DATABASE IF EXISTS " + Database.quoted(database.name()) + " WITH (FORCE)");
    }

    default int majorVersion() {
        return (int) admin().number("SELECT current_setting('server_version_num')::int / 10000");
    }
}
