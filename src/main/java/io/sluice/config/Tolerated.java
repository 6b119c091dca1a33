package io.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Settings of other connectors that change nothing here: a configuration may keep them, and the log says why they are
 * not needed. Where a value asks for something that we cannot do, it is an error.
 */
final class Tolerated {
    private static final String ONE_POOL = "each task has a pool of its own, of write.parallelism connections and one";
    private static final String RETRIES = "max.retries, retry.backoff.ms and retry.backoff.max.ms govern all retries";
    private static final String SAME_KEY =
            "the last change of each key in a batch counts, so that no statement meets a row twice";
    private static final String OTHER_DATABASE = "it is for another database";
    private static final String NO_HIBERNATE = "there is no Hibernate in here";
    private static final String CREDENTIALS =
            "credentials come from connection.user and connection.password, through a config provider of the worker";

    /**
     * One key, or all keys with a prefix.
     *
     * @param name the key, or a prefix that ends with a dot
     * @param reason why the setting is not needed
     * @param values what it may be, in lower case; empty for anything
     * @param remedy what to do instead, where it is something else
     */
    record Rule(String name, String reason, Set<String> values, String remedy) {
        Rule(String name, String reason) {
            this(name, reason, Set.of(), "");
        }

        boolean matches(String key) {
            return isPrefix() ? key.startsWith(name) : key.equals(name);
        }

        boolean isPrefix() {
            return name.endsWith(".");
        }

        boolean accepts(String value) {
            return values.isEmpty() || values.contains(value.trim().toLowerCase(Locale.ROOT));
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "dialect.name",
                    "the database is always PostgreSQL",
                    Set.of("", "postgresqldatabasedialect"),
                    "Only PostgreSQL is supported: remove the setting, or use PostgreSqlDatabaseDialect"),
            new Rule("table.types", "tables, partitioned tables, foreign tables and views are all found"),
            new Rule("mssql.use.merge.holdlock", OTHER_DATABASE),
            new Rule("trim.sensitive.log", "no value of a record ever gets into the log"),
            new Rule("sql.complex.types.enable", "maps and structs are always written as jsonb"),
            new Rule("connection.attempts", RETRIES),
            new Rule("connection.backoff.ms", RETRIES),
            new Rule("connection.pool.", ONE_POOL),
            new Rule("connection.provider", ONE_POOL),
            new Rule("connection.restart.on.errors", "a lost connection is always opened again"),
            new Rule("use.reduction.buffer", SAME_KEY),
            new Rule("keyed.message.batch.mode", SAME_KEY),
            new Rule("flush.", RETRIES),
            new Rule("dialect.postgres.unnest.insert.enabled", "write.method says how rows are sent"),
            new Rule("dialect.postgres.postgis.schema", "the types of an extension are found in any schema"),
            new Rule("dialect.", OTHER_DATABASE),
            new Rule("hibernate.", NO_HIBERNATE),
            new Rule("jdbc.credentials.provider.", CREDENTIALS),
            new Rule("internal.", "it belongs to another connector's inside"),
            new Rule("openlineage.", "no lineage events are sent"),
            new Rule("confluent.", "no licence is needed"),
            new Rule("collection.table.format", "no connector reads it"),
            namingStrategy("collection.naming.strategy"),
            namingStrategy("table.naming.strategy"),
            new Rule(
                    "column.naming.strategy",
                    "fields and columns have the same names",
                    Set.of(
                            "io.debezium.connector.jdbc.naming.defaultcolumnnamingstrategy",
                            "io.debezium.sink.naming.defaultcolumnnamingstrategy"),
                    "Name columns with fields.rename, or with a transformation"),
            new Rule(
                    "cloud.events.schema.name.pattern",
                    "events are not unwrapped",
                    Set.of(".*cloudevents\\.envelope$"),
                    "Unwrap CloudEvents with a transformation"));

    private Tolerated() {}

    static boolean has(String key) {
        return rule(key).isPresent();
    }

    static List<Rule> rules() {
        return RULES;
    }

    /** Why the setting is not needed; empty where it is not one of these. */
    static Optional<String> reason(String key) {
        return rule(key).map(Rule::reason);
    }

    /** Values that ask for what we do not do. */
    static List<ConfigValue> problems(Map<String, String> properties) {
        return properties.entrySet().stream()
                .flatMap(property -> Optional.ofNullable(property.getValue())
                        .flatMap(value -> rule(property.getKey()).filter(rule -> !rule.accepts(value)))
                        .map(rule -> problem(property.getKey(), rule))
                        .stream())
                .toList();
    }

    private static ConfigValue problem(String key, Rule rule) {
        ConfigValue problem = new ConfigValue(key);
        problem.addErrorMessage(
                key + ": its value asks for something that this connector does not do. " + rule.remedy() + ".");
        return problem;
    }

    private static Optional<Rule> rule(String key) {
        return RULES.stream().filter(rule -> rule.matches(key)).findFirst();
    }

    private static Rule namingStrategy(String key) {
        String packages = "io.debezium.connector.jdbc.naming.";
        return new Rule(
                key,
                "table.name.format names the tables",
                Set.of(
                        packages + "defaultcollectionnamingstrategy",
                        packages + "defaulttablenamingstrategy",
                        packages + "passthroughcollectionnamingstrategy",
                        "io.debezium.sink.naming.defaultcollectionnamingstrategy",
                        "io.debezium.sink.naming.passthroughcollectionnamingstrategy"),
                "Name tables with table.name.format or topics.to.tables.mapping");
    }
}
