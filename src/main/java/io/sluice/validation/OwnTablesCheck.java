package io.sluice.validation;

import io.sluice.config.BadRecordConfig;
import io.sluice.config.BadRecordPolicy;
import io.sluice.config.DeliveryConfig;
import io.sluice.config.SinkConfig;
import io.sluice.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Checks that the role may use Sluice's own tables, those of the offsets and of bad records, or create them. */
record OwnTablesCheck(SinkConfig config, Server server, Findings findings) {

    void check(Connection connection) throws SQLException {
        checkThatTheyAreTwo(connection);
        if (config.delivery().guarantee().usesLedger()) {
            check(
                    connection,
                    DeliveryConfig.OFFSETS_TABLE,
                    config.delivery().offsetsTable(),
                    List.of("SELECT", "INSERT", "UPDATE", "DELETE"),
                    "src/docs/guarantees.md");
        }
        if (config.badRecords().policy() == BadRecordPolicy.TABLE) {
            check(
                    connection,
                    BadRecordConfig.TABLE,
                    config.badRecords().table(),
                    List.of("INSERT"),
                    "src/docs/bad-records.md");
        }
    }

    /** Whatever their names are. */
    private void checkThatTheyAreTwo(Connection connection) throws SQLException {
        if (config.delivery().guarantee().usesLedger()
                && config.badRecords().policy() == BadRecordPolicy.TABLE
                && new Privileges(connection)
                        .areSame(
                                TableId.parse(config.delivery().offsetsTable()),
                                TableId.parse(config.badRecords().table()))) {
            findings.add(
                    BadRecordConfig.TABLE,
                    "it is the table of " + DeliveryConfig.OFFSETS_TABLE + ". Name another one for bad records.");
        }
    }

    private void check(Connection connection, String setting, String name, List<String> needed, String page)
            throws SQLException {
        TableId table = TableId.parse(name);
        Privileges privileges = new Privileges(connection);
        if (privileges.exists(table)) {
            String missing = String.join(", ", privileges.missing(table, needed));
            if (!missing.isEmpty()) {
                findings.add(
                        setting,
                        "the role lacks " + missing + " on " + table + ". GRANT " + missing + " ON TABLE " + table.sql()
                                + " TO " + server.quotedRole() + ";");
            }
            return;
        }
        Optional<Privileges.Schema> schema = privileges.schema(table.schema());
        if (schema.isEmpty()) {
            findings.add(setting, "there is no schema for " + table + ". Create it, or name one that exists.");
        } else if (!schema.get().create()) {
            findings.add(
                    setting,
                    table + " does not exist, and the role may not create it. GRANT CREATE ON SCHEMA "
                            + schema.get().sql() + " TO " + server.quotedRole() + "; or have it created as " + page
                            + " shows.");
        }
    }
}
