package io.sluice.validation;

import io.sluice.config.ConnectionConfig;
import io.sluice.config.KeyConfig;
import io.sluice.config.SinkConfig;
import io.sluice.config.TableConfig;
import io.sluice.config.ValidationConfig;
import io.sluice.config.ValidationLevel;
import io.sluice.config.WriteConfig;
import io.sluice.failure.Failures;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.write.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks of one configuration, one after the other on one connection.
 *
 * <p>Threading: one thread runs them; another may read the findings at any time, and give up.
 */
final class Checks implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /** What has to be right before a look at tables can say anything. */
    private static final List<String> ABOUT_TABLES = List.of(
            TableConfig.NAME_FORMAT,
            TableConfig.TOPIC_TABLES,
            TableConfig.AUTO_CREATE,
            TableConfig.AUTO_EVOLVE,
            WriteConfig.INSERT_MODE,
            KeyConfig.MODE,
            KeyConfig.FIELDS);

    private final SinkConfig config;
    private final Map<String, String> properties;
    private final boolean tablesAreSaid;
    private final Deadline deadline;
    private final Findings findings = new Findings();
    private volatile @Nullable Connection current;

    /**
     * @param wrong settings that are wrong already
     */
    Checks(SinkConfig config, Map<String, String> properties, Set<String> wrong) {
        this.config = config;
        this.properties = properties;
        this.tablesAreSaid = ABOUT_TABLES.stream().noneMatch(wrong::contains);
        this.deadline = Deadline.in(config.validation().timeout());
    }

    Deadline deadline() {
        return deadline;
    }

    Findings findings() {
        return findings;
    }

    @Override
    public void run() {
        try (Connection connection =
                Sessions.unpooled(config, deadline.budget()).getConnection()) {
            current = connection;
            check(connection);
        } catch (SQLException e) {
            if (SqlStateClassifier.isFull(e)) {
                // To refuse would bar the way out, which is another configuration.
                LOG.warn(
                        "{} is not checked, since the server, database or role has no connection left: {}. {}. Lower "
                                + "tasks.max or write.parallelism, raise the limit, or end other sessions",
                        config.identity().connector(),
                        Failures.text(e),
                        Server.wish(config, properties));
            } else {
                new LoginFailure(config.connection(), e).explainTo(findings);
            }
        }
    }

    /** Says that there was no answer, and cuts the connection so that the thread that waits for it ends. */
    void giveUp() {
        findings.add(
                ConnectionConfig.URL,
                "PostgreSQL did not answer within the " + deadline.budget().toMillis() + " ms of "
                        + ValidationConfig.TIMEOUT
                        + ". Check host, port and firewall; raise that setting for a slow server; or set "
                        + ValidationConfig.LEVEL
                        + " to syntax where this worker cannot reach it.");
        Connection connection = current;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection that was given up stays open", e);
            }
        }
    }

    private void check(Connection connection) {
        try {
            Server server = Server.ask(connection, config.identity().connector());
            server.check(config, properties, findings);
            if (config.validation().level() == ValidationLevel.TARGET) {
                new OwnTablesCheck(config, server, findings).check(connection);
            }
            if (findings.isEmpty() && tablesAreSaid && config.validation().level() == ValidationLevel.TARGET) {
                new TopicChecks(config, server, deadline, findings).check(connection, properties);
            }
        } catch (SQLException e) {
            findings.add(
                    ConnectionConfig.URL,
                    "PostgreSQL let us in and then did not answer a question about itself: " + Failures.text(e)
                            + ". Try again, or set " + ValidationConfig.LEVEL + " to syntax.");
        }
    }
}
