package io.sluice.write;

import io.sluice.harness.Database;

/** A role of one test that may do everything with the tables of its database and make no temporary ones. */
record Role(Database owner, Database database) implements AutoCloseable {
    private static final String PASSWORD = "only-for-this-test";

    static Role withoutTemporaryTables(Database owner) {
        String name = "role_of_" + owner.name();
        owner.execute(
                "CREATE ROLE " + Database.quoted(name) + " LOGIN PASSWORD '" + PASSWORD + "'",
                "REVOKE TEMPORARY ON DATABASE " + Database.quoted(owner.name()) + " FROM PUBLIC",
                "GRANT USAGE ON SCHEMA public TO " + Database.quoted(name),
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + Database.quoted(name));
        return new Role(owner, owner.as(name, PASSWORD));
    }

    @Override
    public void close() {
        String name = Database.quoted(database.user());
        owner.execute("DROP OWNED BY " + name, "DROP ROLE " + name);
    }
}
