package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tables that come from records: whatever they are, one record's cannot harm another. */
@ExtendWith(HarnessExtension.class)
final class TableNamesIT {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final int RECORDS = 40;
    private static final int BAD = 7;
    private static final Map<String, String> BY_FIELD = Map.of(
            "table.name.format", "${field.t}",
            "insert.mode", "insert",
            "pk.mode", "none",
            "fields.blacklist", "t",
            "errors.tolerance", "all",
            "errors.table", "sluice_errors");

    /** Each record has the columns that its table would take. */
    @ParameterizedTest
    @CsvSource({
        "sluice_offsets, exactly_once",
        "public.sluice_offsets, exactly_once",
        "sluice_offsets, at_most_once",
        "seen, exactly_once",
        "renamed, exactly_once",
        "ruled, exactly_once",
        "parent, exactly_once",
        "other_offsets, exactly_once",
        "other_offsets, at_least_once",
        "shop.offsets_of_theirs, at_least_once",
    })
    void aRecordCannotWriteOffsets(String table, String guarantee, Scenario test) {
        Database database = test.database();
        goods(database);
        // The first start makes the ledger, so that everything else can lead to it.
        run(database, Map.of("delivery.guarantee", "exactly_once", "exactly.once.id", "first"), good(0));
        database.execute(
                "CREATE VIEW seen AS SELECT * FROM sluice_offsets",
                "CREATE VIEW renamed AS SELECT id, topic, part, lane, token, next_offset FROM sluice_offsets",
                "CREATE TABLE ruled (id text, topic text, part int, lane int, token uuid, next_offset bigint)",
                "CREATE RULE lead AS ON INSERT TO ruled DO INSTEAD INSERT INTO sluice_offsets (id, topic, part, lane, token, "
                        + "next_offset) VALUES (NEW.id, NEW.topic, NEW.part, NEW.lane, NEW.token, NEW.next_offset)",
                "CREATE TABLE parent (id text, topic text, part int, lane int, token uuid, next_offset bigint)",
                "ALTER TABLE parent ALTER COLUMN id SET NOT NULL, ALTER COLUMN topic SET NOT NULL, ALTER COLUMN part SET NOT "
                        + "NULL, ALTER COLUMN lane SET NOT NULL, ALTER COLUMN token SET NOT NULL",
                "ALTER TABLE sluice_offsets INHERIT parent",
                "CREATE TABLE other_offsets (LIKE sluice_offsets INCLUDING ALL)",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.offsets_of_theirs (LIKE sluice_offsets INCLUDING ALL)");
        Map<String, Object> attack = Map.of(
                "t",
                table,
                "id",
                "direct",
                "topic",
                "orders",
                "part",
                0,
                "lane",
                5,
                "token",
                new UUID(0, 0).toString(),
                "next_offset",
                1_000);

        writesAllButThatOne(database, table, guarantee, attack);

        for (String ledger : List.of("sluice_offsets", "other_offsets", "shop.offsets_of_theirs", "parent", "ruled")) {
            assertThat(database.number("SELECT count(*) FROM " + ledger + " WHERE next_offset >= 1000"))
                    .as(ledger)
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice_errors", "public.sluice_errors", "other_errors"})
    void aRecordCannotWriteBadRecords(String table, Scenario test) {
        Database database = test.database();
        goods(database);
        run(database, Map.of("errors.table", "other_errors"), value(0, Map.of("t", "")));
        Map<String, Object> attack = new LinkedHashMap<>();
        attack.put("t", table);
        for (String column : List.of("connector", "topic", "target", "reason")) {
            attack.put(column, "made up");
        }
        attack.put("part", 0);
        attack.put("record_offset", 0);

        writesAllButThatOne(database, table, "at_least_once", attack);

        assertThat(database.number("SELECT count(*) FROM sluice_errors WHERE connector = 'made up'"))
                .isZero();
        assertThat(database.number("SELECT count(*) FROM other_errors WHERE connector = 'made up'"))
                .isZero();
    }

    /** Where nobody has made the table yet, the record's columns must not be its. */
    @Test
    void aRecordCannotMakeTheTableOfBadRecords(Scenario test) {
        Database database = test.database();
        goods(database);

        writesAllButThatOne(
                database, "public.sluice_errors", "at_least_once", Map.of("t", "public.sluice_errors", "id", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b",
                "pg_catalog.x",
                "pg_toast.x",
                "pg_temp.x",
                "pg_temp_3.x",
                "information_schema.tables",
                "information_schema.x",
                "pg_class",
                "pg_stat_activity",
                "closed.x",
                "no_create.x",
                "numbers",
                "goods_pkey",
                "summary",
                "composite",
                "colour",
                "constant",
                "0123456789012345678901234567890123456789012345678901234567890123",
            })
    void aNameThatCannotBeATableIsABadRecord(String table, Scenario test) {
        Database database = test.database();
        goods(database);
        String role = "sluice_" + UUID.randomUUID();
        database.execute(
                "CREATE SEQUENCE numbers",
                "CREATE MATERIALIZED VIEW summary AS SELECT count(*) FROM goods",
                "CREATE TYPE composite AS (id int)",
                "CREATE TYPE colour AS ENUM ('red')",
                "CREATE VIEW constant AS SELECT 1 AS id",
                "CREATE SCHEMA closed",
                "CREATE SCHEMA no_create",
                "CREATE ROLE " + Database.quoted(role) + " LOGIN PASSWORD 'x'",
                "GRANT USAGE ON SCHEMA no_create TO " + Database.quoted(role),
                "GRANT ALL ON SCHEMA public TO " + Database.quoted(role),
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + Database.quoted(role));
        try {
            writesAllButThatOne(database.as(role, "x"), table, "at_least_once", Map.of("t", table, "id", 1));
        } finally {
            database.execute("DROP OWNED BY " + Database.quoted(role), "DROP ROLE " + Database.quoted(role));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_temp.x", "sluice_offsets", "pg_catalog.x", "no_schema.x"})
    void aTopicThatCannotBeATableHasBadRecords(String topic, Scenario test) {
        Database database = test.database();
        TopicPartition bad = new TopicPartition(topic, 0);
        Map<String, String> settings = Map.of(
                "delivery.guarantee", "exactly_once",
                "auto.create", "true",
                "pk.mode", "record_value",
                "pk.fields", "id",
                "errors.tolerance", "all",
                "errors.table", "sluice_errors");
        TopicLog log = new TopicLog();
        log.append(List.of(
                Rows.value(ORDERS, 0, Map.of("id", 1)),
                Rows.value(bad, 0, Map.of("id", 1)),
                Rows.value(ORDERS, 1, Map.of("id", 2))));
        try (LogRun task = LogRun.start(database, log, 10, settings)) {
            task.open(ORDERS, bad);
            task.finish();
        }

        assertThat(database.count("orders")).isEqualTo(2);
        assertThat(database.column("SELECT topic FROM sluice_errors")).containsExactly(topic);
        assertThat(database.column("SELECT reason LIKE '%table.name.normalize=true%' FROM sluice_errors"))
                .containsExactly(topic.startsWith("no_schema"));
    }

    @Test
    void aMessageHasNoNewlineOfATablesName(Scenario test) {
        Database database = test.database();
        database.execute("CREATE MATERIALIZED VIEW \"a\nb\u2028c\" AS SELECT 1 AS id");
        try (TaskRun task = TaskRun.start(database, Map.of("table.name.format", "${field.t}"))) {
            task.open(ORDERS);
            task.put(value(0, Map.of("t", "a\nb\u2028c", "id", 1)));

            assertThat(task.failure()).contains("a?b?c", "a materialized view").doesNotContain("\n", "\u2028");
        }
    }

    private static void goods(Database database) {
        database.execute("CREATE TABLE goods (t text, id bigint PRIMARY KEY)");
    }

    private static SinkRecord good(int offset) {
        return value(offset, Map.of("t", "goods", "id", 1_000 + offset));
    }

    private static SinkRecord value(int offset, Map<String, ?> value) {
        return Rows.value(ORDERS, offset, value);
    }

    private static void run(Database database, Map<String, String> settings, SinkRecord... records) {
        TopicLog log = new TopicLog();
        log.append(List.of(records));
        try (LogRun task = LogRun.start(database, log, 10, Settings.of(BY_FIELD, settings))) {
            task.open(ORDERS);
            task.finish();
        }
        database.execute("TRUNCATE goods");
    }

    /** One record of many has a table that it must not have: it is a bad record, and all others are written. */
    private static void writesAllButThatOne(
            Database database, String table, String guarantee, Map<String, Object> attack) {
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = 0; offset < RECORDS; offset++) {
            records.add(offset == BAD ? value(offset, attack) : good(offset));
        }
        TopicLog log = new TopicLog();
        log.append(records);
        Map<String, String> settings = Map.of(
                "auto.create", "true", "auto.evolve", "true", "delivery.guarantee", guarantee, "write.method", "auto");
        try (LogRun task = LogRun.start(database, log, 10, Settings.of(BY_FIELD, settings))) {
            task.open(ORDERS);
            task.finish();
        }
        assertThat(database.count("goods")).isEqualTo(RECORDS - 1);
        assertThat(database.rows("SELECT record_offset, reason LIKE '%offset 7%' FROM sluice_errors"))
                .as(table)
                .containsExactly(List.of((long) BAD, true));
    }
}
