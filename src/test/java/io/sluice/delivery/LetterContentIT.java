package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad record can always be written down, whatever it holds and whatever the database takes. */
@ExtendWith(HarnessExtension.class)
final class LetterContentIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final String BAD = "no number";

    @ParameterizedTest
    @CsvSource({
        "1e10000,1E+10000",
        "1e-20000,1E-20000",
        "-12e131071,-1.2E+131072",
        "1e1000000000,1E+1000000000",
        "1e20,100000000000000000000"
    })
    void aDecimalKeepsItsExponent(BigDecimal number, String text, Scenario test) {
        Database database = test.database();
        writeDown(database, Map.of("id", 1, "version", BAD, "note", number));

        assertThat(only(database, "record_value")).contains("\"note\":" + text);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "253402300800000,253402300800",
                "9224318015999999,9224318015.999999e3",
                "9224318016000000,none",
                "9223372036854775807,none",
                "-210866803200000,-210866803200",
                "-210866803200001,none"
            })
    void aTimeThatPostgresDoesNotHaveIsNull(long millis, @Nullable BigDecimal seconds, Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        SinkRecord record =
                new SinkRecord("orders", 0, null, null, null, bad(Map.of()), 0, millis, TimestampType.CREATE_TIME);
        run(database, record);

        List<@Nullable Object> times =
                database.column("SELECT extract(epoch FROM record_time) = ?::numeric FROM sluice_errors", seconds);
        assertThat(times).hasSize(1);
        assertThat(times.get(0)).isEqualTo(seconds == null ? null : true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "LATIN1", "SQL_ASCII", "EUC_JP", "WIN1252"})
    void charactersThatTheDatabaseDoesNotHaveAreEscaped(String encoding, Scenario test) {
        inEncoding(encoding, test, database -> {
            String text = "漢é€😀\uD800\u0000x\uDC00";
            writeDown(database, Map.of("id", 1, "version", BAD, "note", text));

            List<@Nullable Object> restored =
                    database.column("SELECT replace(record_value, '\\u0000', '') FROM sluice_errors");
            assertThat(restored).hasSize(1);
            String json = String.valueOf(restored.get(0));
            assertThat(json).contains("\\ud800", "\\udc00");
            assertThat(json).containsAnyOf("漢é€😀", "\\u6f22\\u00e9\\u20ac\\ud83d\\ude00");
            assertThat(database.column(
                            "SELECT record_offset FROM sluice_errors WHERE strpos(record_value, '\\u0000') > 0"))
                    .containsExactly(0L);
        });
    }

    /** They are in the message, and in the table's name. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "LATIN1"})
    void namesThatTheDatabaseDoesNotHaveAreEscaped(String encoding, Scenario test) {
        inEncoding(encoding, test, database -> {
            Rows.createTable(database);
            Map<String, String> settings = Settings.of(
                    tolerant(),
                    Map.of("table.name.format", "${field.t}", "pk.mode", "record_value", "pk.fields", "id"));
            try (TaskRun task = TaskRun.start(database, settings)) {
                task.open(ZERO);
                task.put(
                        Rows.value(ZERO, 0, Map.of("t", "漢", "id", 1)), Rows.value(ZERO, 1, Map.of("t", "漢", "id", 2)));
                task.callUntil("all to be durable", () -> task.preCommit().getOrDefault(ZERO, 0L) == 2);
            }
            List<@Nullable Object> targets = database.column("SELECT DISTINCT target FROM sluice_errors");
            assertThat(targets).hasSize(1);
            assertThat(String.valueOf(targets.get(0))).isIn("漢", "\\u6f22");
        });
    }

    @Test
    void headersOfAnyTypeAreWrittenDown(Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        ConnectHeaders headers = new ConnectHeaders();
        headers.add("none", SchemaAndValue.NULL);
        headers.add("number", new SchemaAndValue(null, new BigDecimal("1e10000")));
        headers.add("bytes", new SchemaAndValue(null, new byte[] {1, 2}));
        headers.add("date", new SchemaAndValue(null, new Date(Long.MAX_VALUE)));
        headers.add("odd", new SchemaAndValue(null, new StringBuilder("half \uD800")));
        headers.add("nan", new SchemaAndValue(null, Double.NaN));
        run(
                database,
                new SinkRecord(
                        "orders",
                        0,
                        null,
                        null,
                        null,
                        bad(Map.of()),
                        0,
                        null,
                        TimestampType.NO_TIMESTAMP_TYPE,
                        headers));

        assertThat(only(database, "record_headers"))
                .contains(
                        "{\"key\":\"none\",\"value\":null}",
                        "1E+10000",
                        "\"\\\\x0102\"",
                        "\"+292278994-08-17T07:12:55.807Z\"",
                        "\"half \\ud800\"",
                        "\"NaN\"");
    }

    @Test
    void aValueThatHoldsItselfIsCutOff(Scenario test) {
        Database database = test.database();
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        writeDown(database, Map.of("id", 1, "version", BAD, "note", Map.of("a", 1), "cycle", cycle));

        assertThat(only(database, "record_value")).contains("nested more than 200 levels deep");
    }

    @Test
    void whatHasNoFormAtAllIsLeftOutAndTheReasonSaysSo(Scenario test) {
        Database database = test.database();
        writeDown(database, Map.of("id", 1, "version", BAD, "odd", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no form");
            }
        }));

        assertThat(database.column("SELECT record_value FROM sluice_errors")).containsOnlyNulls();
        assertThat(only(database, "reason")).contains("offset 0", "The record's value cannot be written down here");
    }

    /** Somebody's own table of bad records, which does not take all that they hold. */
    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once"})
    void aLetterThatIsRefusedIsWrittenWithoutItsContent(String guarantee, Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        database.execute("""
                CREATE TABLE sluice_errors (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, connector text NOT NULL, topic text NOT NULL,
                    part integer NOT NULL, record_offset bigint NOT NULL, target text NOT NULL, reason text NOT NULL,
                    sqlstate text, record_key text, record_value varchar(40), record_headers text,
                    record_time timestamptz, failed_at timestamptz NOT NULL DEFAULT now())""");
        Map<String, String> settings =
                Settings.of(tolerant(), Map.of("delivery.guarantee", guarantee, "write.parallelism", "1"));
        List<SinkRecord> records = new ArrayList<>(Rows.rows(ZERO, 0, 10, 1));
        records.set(3, Rows.value(ZERO, 3, bad(Map.of())));
        records.set(7, Rows.value(ZERO, 7, bad(Map.of("note", "x".repeat(100)))));
        try (LogRun run = LogRun.start(database, log(records), 10, settings)) {
            run.open(ZERO);
            run.finish();
        }

        assertThat(Rows.versions(database)).hasSize(8);
        assertThat(database.rows("SELECT record_offset, record_value IS NULL, strpos(reason, "
                        + "'The record''s content cannot be written down here') > 0 FROM sluice_errors ORDER BY 1"))
                .containsExactly(Database.row(3L, false, false), Database.row(7L, true, true));
    }

    private static TopicLog log(List<SinkRecord> records) {
        TopicLog log = new TopicLog();
        log.append(records);
        return log;
    }

    private static Map<String, Object> bad(Map<String, Object> more) {
        Map<String, Object> value = new HashMap<>(Map.of("id", 1, "version", BAD));
        value.putAll(more);
        return value;
    }

    private static void writeDown(Database database, Map<String, Object> value) {
        Rows.createTable(database);
        run(database, Rows.value(ZERO, 0, value));
    }

    private static void run(Database database, SinkRecord record) {
        try (TaskRun task = TaskRun.start(database, tolerant())) {
            task.open(ZERO);
            task.put(record);
            task.callUntil("it to be written down", () -> task.preCommit().getOrDefault(ZERO, 0L) == 1);
        }
    }

    private static String only(Database database, String column) {
        List<@Nullable Object> values = database.column("SELECT " + column + " FROM sluice_errors");
        assertThat(values).hasSize(1);
        return String.valueOf(values.get(0));
    }

    private static Map<String, String> tolerant() {
        return Settings.of(Rows.INTO_TABLE, Map.of("errors.tolerance", "all", "errors.table", "sluice_errors"));
    }

    private static void inEncoding(String encoding, Scenario test, Consumer<Database> use) {
        Database database = test.database();
        String name = database.name() + "_" + encoding.toLowerCase(java.util.Locale.ROOT);
        database.execute("CREATE DATABASE " + Database.quoted(name) + " TEMPLATE template0 ENCODING '" + encoding
                + "' LC_COLLATE 'C' LC_CTYPE 'C'");
        try {
            use.accept(database.inDatabase(name));
        } finally {
            database.execute("DROP DATABASE " + Database.quoted(name) + " WITH (FORCE)");
        }
    }
}
