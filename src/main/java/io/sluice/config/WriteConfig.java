package io.sluice.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How rows are written.
 *
 * @param insertMode what a record with a value does
 * @param conditions when an upsert leaves the row that is there alone
 * @param batchRows most rows in one transaction of a lane
 * @param batchBytes most encoded bytes in one transaction of a lane
 * @param parallelism most lanes of one task, one connection each
 * @param ordering what keeps its order
 * @param method how rows get to PostgreSQL
 * @param statementTimeout longest time of one statement, zero for none
 * @param lockTimeout longest wait for a lock, zero for none
 */
public record WriteConfig(
        InsertMode insertMode,
        RowConditions conditions,
        int batchRows,
        int batchBytes,
        int parallelism,
        WriteOrdering ordering,
        WriteMethod method,
        Duration statementTimeout,
        Duration lockTimeout) {
    public static final String INSERT_MODE = "insert.mode";
    public static final String VERSION_COLUMN = "version.column";
    public static final String SKIP_UNCHANGED = "skip.unchanged";
    public static final String BATCH_SIZE = "batch.size";
    public static final String BATCH_BYTES = "batch.bytes";
    public static final String PARALLELISM = "write.parallelism";
    public static final String ORDERING = "write.ordering";
    public static final String METHOD = "write.method";
    public static final String STATEMENT_TIMEOUT = "statement.timeout.ms";
    public static final String LOCK_TIMEOUT = "lock.timeout.ms";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Writes");
        defineMode(group);
        defineBatches(group);
        defineMethod(group);
        defineTimeouts(group);
    }

    private static void defineMode(SettingGroup group) {
        Setting.choice(INSERT_MODE, InsertMode.UPSERT)
                .importance(ConfigDef.Importance.HIGH)
                .governs(VERSION_COLUMN, SKIP_UNCHANGED)
                .define(
                        group,
                        "What Records Do",
                        "What a record does to its table. upsert inserts or updates the row of its key and can be "
                                + "repeated; insert only inserts; update only updates. With pk.mode none the default is "
                                + "insert.");
        Setting.optional(VERSION_COLUMN, ConfigDef.Type.STRING, "")
                .visibleUnless(INSERT_MODE, "insert")
                .define(
                        group,
                        "Version Of A Row",
                        "Name of a column that says which of two versions of a row is the newer. A row is then "
                                + "replaced only by one whose value in it is newer or equal. When empty, the default, "
                                + "the later record wins.");
        Setting.optional(SKIP_UNCHANGED, ConfigDef.Type.BOOLEAN, false)
                .importance(ConfigDef.Importance.LOW)
                .visibleUnless(INSERT_MODE, "insert")
                .define(
                        group,
                        "Skip Unchanged Rows",
                        "Whether a row is left alone when nothing in it would change. It saves dead rows and write-ahead "
                                + "log where records repeat, and costs a comparison of each row.");
    }

    private static void defineBatches(SettingGroup group) {
        Setting.optional(BATCH_SIZE, ConfigDef.Type.INT, 10_000)
                .check(ConfigDef.Range.between(1, 1_000_000))
                .define(
                        group,
                        "Rows Per Transaction",
                        "Most rows in one transaction of a lane, 10000 unless told. "
                                + "An idle lane does not wait for more: it writes what is there.");
        Setting.optional(BATCH_BYTES, ConfigDef.Type.INT, 8 << 20)
                .check(ConfigDef.Range.between(1 << 10, 1 << 30))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Bytes Per Transaction",
                        "Most bytes in one transaction of a lane, 8 MiB unless told. "
                                + "A single record that is larger is written alone.");
        Setting.optional(PARALLELISM, ConfigDef.Type.INT, 4)
                .check(ConfigDef.Range.between(1, 64))
                .define(
                        group,
                        "Lanes Per Task",
                        "Most lanes of one task, each with a connection of its own that is opened when there is work. "
                                + "Raise it when round trips to PostgreSQL are slow.");
        Setting.choice(ORDERING, WriteOrdering.KEY)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Order That Is Kept",
                        "Which order is kept. key keeps the order of each primary key and uses every lane; partition "
                                + "keeps that of each topic partition, for rows that refer to one another.");
    }

    private static void defineMethod(SettingGroup group) {
        Setting.choice(METHOD, WriteMethod.AUTO)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "How Rows Are Sent",
                        "How rows get to PostgreSQL. auto, the default, sends few rows as arrays and many by COPY, and "
                                + "does without COPY where the role or a pooler allows no temporary tables. copy always "
                                + "uses COPY, and needs the privilege TEMPORARY unless it can copy straight into the "
                                + "table; unnest sends an array for each column; rows sends a statement for each row.");
    }

    private static void defineTimeouts(SettingGroup group) {
        Setting.optional(STATEMENT_TIMEOUT, ConfigDef.Type.LONG, 60_000L)
                .check(ConfigDef.Range.between(0, Integer.MAX_VALUE))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Statement Timeout",
                        "Longest time of one statement in milliseconds, 60000 unless told, 0 for no limit. "
                                + "A statement that takes longer is cancelled and tried again.");
        Setting.optional(LOCK_TIMEOUT, ConfigDef.Type.LONG, 15_000L)
                .check(ConfigDef.Range.between(0, Integer.MAX_VALUE))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Lock Timeout",
                        "Longest wait for a lock in milliseconds, 15000 unless told, 0 for no limit. "
                                + "After it the transaction is rolled back and tried again. "
                                + "A task that writes into several tables waits half a second at most, and goes on with "
                                + "the others while one is locked.");
    }

    static WriteConfig from(AbstractConfig config) {
        return new WriteConfig(
                Setting.parseChoice(InsertMode.class, config.getString(INSERT_MODE)),
                new RowConditions(config.getString(VERSION_COLUMN).trim(), config.getBoolean(SKIP_UNCHANGED)),
                config.getInt(BATCH_SIZE),
                config.getInt(BATCH_BYTES),
                config.getInt(PARALLELISM),
                Setting.parseChoice(WriteOrdering.class, config.getString(ORDERING)),
                Setting.parseChoice(WriteMethod.class, config.getString(METHOD)),
                Duration.ofMillis(config.getLong(STATEMENT_TIMEOUT)),
                Duration.ofMillis(config.getLong(LOCK_TIMEOUT)));
    }
}
