package io.sluice.validation;

import io.sluice.config.DeleteConfig;
import io.sluice.config.KeyConfig;
import io.sluice.config.SinkConfig;
import io.sluice.config.TableConfig;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import io.sluice.table.TableRouter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the tables of all topics whose tables follow from the configuration alone. */
final class TopicChecks {
    private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);

    private final SinkConfig config;
    private final Server server;
    private final Deadline deadline;
    private final Findings findings;
    private final TableRouter router;

    TopicChecks(SinkConfig config, Server server, Deadline deadline, Findings findings) {
        this.config = config;
        this.server = server;
        this.deadline = deadline;
        this.findings = findings;
        this.router = new TableRouter(config.tables());
    }

    void check(Connection connection, Map<String, String> properties) throws SQLException {
        Map<TableId, String> tables = new LinkedHashMap<>();
        TopicNames.of(properties)
                .forEach(topic -> table(topic).ifPresent(table -> {
                    String before = tables.putIfAbsent(table, topic);
                    if (before != null && config.records().deletes().truncates()) {
                        findings.add(
                                DeleteConfig.TRUNCATE,
                                "Topics " + before + " and " + topic + " both go into table " + table
                                        + ", and nobody can tell which rows of one come before a truncation in the other. "
                                        + "Give each topic a table, or set truncate.enabled to false.");
                    }
                }));
        int checked = 0;
        for (Map.Entry<TableId, String> table : tables.entrySet()) {
            if (deadline.isNear()) {
                LOG.warn(
                        "Only {} of {} tables were checked within connection.validation.timeout.ms",
                        checked,
                        tables.size());
                return;
            }
            Target target = new Target(table.getValue(), nameKey(table.getValue()), table.getKey());
            try {
                new TableCheck(config, server, target, findings).check(connection);
            } catch (RecordException e) {
                // The table's own name is good, so that it is one of the key's.
                findings.add(KeyConfig.FIELDS, e.getMessage() + ". " + e.remedy() + ".");
            }
            checked++;
        }
    }

    private Optional<TableId> table(String topic) {
        try {
            return router.routeTopic(topic);
        } catch (RecordException e) {
            findings.add(nameKey(topic), e.getMessage() + ". " + e.remedy() + ".");
            return Optional.empty();
        }
    }

    /** The setting that names the topic's table. */
    private String nameKey(String topic) {
        return config.tables().topicTables().containsKey(topic) ? TableConfig.TOPIC_TABLES : TableConfig.NAME_FORMAT;
    }
}
