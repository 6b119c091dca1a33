package io.sluice.validation;

import io.sluice.config.ConnectionConfig;
import io.sluice.config.DeliveryConfig;
import io.sluice.config.DeliveryGuarantee;
import io.sluice.config.InsertMode;
import io.sluice.config.SinkConfig;
import io.sluice.config.TableConfig;
import io.sluice.config.WriteConfig;
import io.sluice.record.RecordException;
import io.sluice.table.CatalogReader;
import io.sluice.table.Identifiers;
import io.sluice.table.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the role can do with one table what the configuration asks for. */
final class TableCheck {
    private final SinkConfig config;
    private final Server server;
    private final Target target;
    private final Findings findings;

    TableCheck(SinkConfig config, Server server, Target target, Findings findings) {
        this.config = config;
        this.server = server;
        this.target = target;
        this.findings = findings;
    }

    void check(Connection connection) throws SQLException {
        Privileges privileges = new Privileges(connection);
        Optional<Privileges.Schema> schema = privileges.schema(target.table().schema());
        if (schema.isEmpty()) {
            missingSchema();
            return;
        }
        if (!schema.get().usage()) {
            findings.add(
                    ConnectionConfig.USER,
                    "the role may not use the schema of " + target + ". GRANT USAGE ON SCHEMA "
                            + schema.get().sql() + " TO " + server.quotedRole() + ";");
            return;
        }
        Optional<TableSchema> table;
        try {
            table = new CatalogReader(config).read(connection, target.table());
        } catch (RecordException e) {
            findings.add(target.nameKey(), target + ": " + e.getMessage() + ". " + e.remedy() + ".");
            return;
        }
        if (table.isEmpty()) {
            checkCreation(schema.get());
        } else {
            checkTable(privileges, table.get());
        }
    }

    private void missingSchema() {
        String name = target.table().schema();
        if (name.isEmpty()) {
            findings.add(
                    target.nameKey(),
                    "no schema on the role's search_path exists, so that " + target
                            + " would be nowhere. Name the schema, or: ALTER ROLE " + server.quotedRole()
                            + " SET search_path = public;");
        } else {
            String quoted = Identifiers.quote(name);
            findings.add(
                    target.nameKey(),
                    "the schema of " + target + " does not exist. "
                            + (target.topic().contains(".")
                                    ? "Set " + TableConfig.NORMALIZE + " to true if the topic's dot names none. "
                                    : "")
                            + "CREATE SCHEMA " + quoted + " AUTHORIZATION "
                            + server.quotedRole() + ";");
        }
    }

    private void checkCreation(Privileges.Schema schema) {
        if (!config.tables().autoCreate()) {
            findings.add(
                    target.nameKey(),
                    target + " does not exist. Correct the name, set " + TableConfig.AUTO_CREATE
                            + " to true, or: CREATE TABLE " + target.table().sql() + " (…);");
        } else if (!schema.create()) {
            findings.add(
                    TableConfig.AUTO_CREATE,
                    target + " does not exist, and the role may not create it. GRANT CREATE ON SCHEMA " + schema.sql()
                            + " TO " + server.quotedRole() + ";");
        }
    }

    private void checkTable(Privileges privileges, TableSchema table) throws SQLException {
        String missing = String.join(", ", privileges.missing(table.id(), needed()));
        if (!missing.isEmpty()) {
            findings.add(
                    ConnectionConfig.USER,
                    "the role lacks " + missing + " on " + target + ". GRANT " + missing + " ON TABLE "
                            + table.id().sql() + " TO " + server.quotedRole() + ";");
        }
        if (config.tables().autoEvolve() && table.kind() == TableSchema.Kind.TABLE && !privileges.owns(table.id())) {
            findings.add(
                    TableConfig.AUTO_EVOLVE,
                    "only the owner of " + target + " can add columns. ALTER TABLE "
                            + table.id().sql() + " OWNER TO " + server.quotedRole() + ";");
        }
        if (config.delivery().guarantee() == DeliveryGuarantee.EXACTLY_ONCE
                && table.storage() == TableSchema.Storage.UNLOGGED) {
            findings.add(
                    DeliveryConfig.GUARANTEE,
                    target
                            + " is UNLOGGED, so that a crash of the server empties it while the offsets stay. ALTER TABLE "
                            + table.id().sql() + " SET LOGGED; or choose at_least_once.");
        }
        if (config.writes().insertMode() == InsertMode.UPSERT
                && table.keys().obstacle().isPresent()) {
            findings.add(
                    WriteConfig.INSERT_MODE,
                    "PostgreSQL upserts no rows into " + target + ": "
                            + table.keys().obstacle().get() + ". Use insert.mode=insert.");
            return;
        }
        new KeyCheck(config, target, findings).check(table);
    }

    private List<String> needed() {
        List<String> needed = new ArrayList<>();
        InsertMode mode = config.writes().insertMode();
        boolean deletes = config.records().deletes().deletes();
        if (mode != InsertMode.INSERT || deletes) {
            needed.add("SELECT");
        }
        if (mode != InsertMode.UPDATE) {
            needed.add("INSERT");
        }
        if (mode != InsertMode.INSERT) {
            needed.add("UPDATE");
        }
        if (deletes) {
            needed.add("DELETE");
        }
        if (config.records().deletes().truncates()) {
            needed.add("TRUNCATE");
        }
        return needed;
    }
}
