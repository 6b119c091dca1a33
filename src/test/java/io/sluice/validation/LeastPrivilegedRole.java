package io.sluice.validation;

import io.sluice.harness.Database;
import java.util.Map;

/** A role of one test that may log in and nothing else, in a database that gives nothing to everybody. */
record LeastPrivilegedRole(Database owner, String name) implements AutoCloseable {
    private static final String PASSWORD = "only-for-this-test";

    static LeastPrivilegedRole in(Database database) {
        String name = "role_of_" + database.name();
        database.execute(
                "CREATE ROLE " + Database.quoted(name) + " LOGIN PASSWORD '" + PASSWORD + "'",
                "REVOKE ALL ON DATABASE " + Database.quoted(database.name()) + " FROM PUBLIC",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + Database.quoted(database.name()) + " TO " + Database.quoted(name));
        return new LeastPrivilegedRole(database, name);
    }

    Map<String, String> connectionConfig() {
        return owner.as(name, PASSWORD).connectionConfig();
    }

    @Override
    public void close() {
        owner.execute(
                "REASSIGN OWNED BY " + Database.quoted(name) + " TO CURRENT_USER",
                "DROP OWNED BY " + Database.quoted(name),
                "DROP ROLE " + Database.quoted(name));
    }
}
