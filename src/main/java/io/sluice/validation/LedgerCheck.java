package io.sluice.validation;

import io.sluice.config.DeliveryConfig;
import io.sluice.config.SinkConfig;
import io.sluice.table.CatalogReader;
import io.sluice.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Checks that the role may use the table of the offsets, or create it. */
record LedgerCheck(SinkConfig config, Server server, Findings findings) {
    private static final List<String> NEEDED = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

    void check(Connection connection) throws SQLException {
        if (!config.delivery().guarantee().usesLedger()) {
            return;
        }
        TableId table = TableId.parse(config.delivery().offsetsTable());
        Privileges privileges = new Privileges(connection);
        if (CatalogReader.read(connection, table).isPresent()) {
            String missing = String.join(", ", privileges.missing(table, NEEDED));
            if (!missing.isEmpty()) {
                findings.add(
                        DeliveryConfig.OFFSETS_TABLE,
                        "the role lacks " + missing + " on " + table + ". GRANT " + missing + " ON TABLE " + table.sql()
                                + " TO " + server.quotedRole() + ";");
            }
            return;
        }
        Optional<Privileges.Schema> schema = privileges.schema(table.schema());
        if (schema.isEmpty()) {
            findings.add(
                    DeliveryConfig.OFFSETS_TABLE,
                    "there is no schema for " + table + ". Create it, or name one that exists.");
        } else if (!schema.get().create()) {
            findings.add(
                    DeliveryConfig.OFFSETS_TABLE,
                    table + " does not exist, and the role may not create it. GRANT CREATE ON SCHEMA "
                            + schema.get().sql() + " TO " + server.quotedRole() + "; or have it created as "
                            + "src/docs/guarantees.md shows.");
        }
    }
}
