package io.sluice.harness;

import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** A server that somebody else runs. It can be used, but not stopped, and its log is not ours: this one stays empty. */
record ExternalPostgres(Database admin, ProcessLog log) implements PostgresServer {

    static ExternalPostgres at(String url, ProcessLog log) {
        Properties parsed = Driver.parseURL(url, null);
        if (parsed == null) {
            throw new HarnessException(URL_VARIABLE + " is not a URL of PostgreSQL's JDBC driver; it looks like"
                    + " jdbc:postgresql://host:5432/postgres?user=postgres&password=secret");
        }
        Database admin = new Database(
                text(PGProperty.PG_HOST, parsed, "localhost"),
                Integer.parseInt(text(PGProperty.PG_PORT, parsed, "5432")),
                text(PGProperty.PG_DBNAME, parsed, "postgres"),
                text(PGProperty.USER, parsed, "postgres"),
                text(PGProperty.PASSWORD, parsed, ""));
        return new ExternalPostgres(admin, log);
    }

    @Override
    public long pid() {
        throw notOurs("looked into");
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void start() {
        throw notOurs("started");
    }

    @Override
    public void stop() {
        throw notOurs("stopped");
    }

    @Override
    public void crash() {
        throw notOurs("crashed");
    }

    @Override
    public void kill() {
        throw notOurs("killed");
    }

    @Override
    public void close() {}

    private HarnessException notOurs(String done) {
        return new HarnessException("The server at " + admin.url() + " comes from " + URL_VARIABLE + " and cannot be "
                + done + " by a test. Unset the variable to use an embedded one.");
    }

    private static String text(PGProperty property, Properties properties, String otherwise) {
        String value = property.getOrDefault(properties);
        return value == null ? otherwise : value;
    }
}
