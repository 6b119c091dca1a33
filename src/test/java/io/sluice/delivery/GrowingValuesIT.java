package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small message whose values become large, or would: it is written, or is a bad record, and nothing else happens. */
@ExtendWith(HarnessExtension.class)
final class GrowingValuesIT {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final int LARGEST_EXPONENT = 131_071;
    private static final int MANY = 100_000;
    private static final BigDecimal HUGE = new BigDecimal(BigInteger.ONE, -LARGEST_EXPONENT);
    private static final Schema HUGE_SCHEMA = Decimal.schema(-LARGEST_EXPONENT);

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void decimalsWithLargeExponentsAreNoLargerAsNumeric(String method, Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id bigint PRIMARY KEY, note numeric[])");

        write(database, method, list(HUGE_SCHEMA, HUGE, MANY));

        assertThat(database.rows("SELECT id, cardinality(note), note[1] = 1e131071, note[100000] = 1e131071"
                        + " FROM versions ORDER BY id"))
                .containsExactly(Database.row(0L, 1, true, null), Database.row(1L, MANY, true, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void decimalsWithLargeExponentsAreNoLargerAsJsonb(String method, Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id bigint PRIMARY KEY, note jsonb)");

        write(database, method, list(HUGE_SCHEMA, HUGE, 8_900));

        assertThat(database.rows("SELECT id, jsonb_array_length(note), (note->0)::numeric = 1e131071"
                        + " FROM versions ORDER BY id"))
                .containsExactly(Database.row(0L, 1, true), Database.row(1L, 8_900, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "unnest", "rows"})
    void decimalsWithLargeExponentsAreBadAsTexts(String method, Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id bigint PRIMARY KEY, note text[])");

        write(database, method, list(HUGE_SCHEMA, HUGE, MANY));

        assertThat(database.rows("SELECT id, length(note[1]) FROM versions"))
                .containsExactly(Database.row(0L, LARGEST_EXPONENT + 1));
        assertThat(letter(database)).contains("column \"note\"", "the row takes more than", "heap");
    }

    /** Each of the array's texts is a list of numbers with a thousand zeros. */
    @Test
    void jsonThatGrowsIsBad(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id bigint PRIMARY KEY, note jsonb)");
        Schema schema = Decimal.schema(-1_000);

        write(database, "copy", list(schema, new BigDecimal(BigInteger.ONE, -1_000), 300_000));

        assertThat(letter(database)).contains("column \"note\"", "the row takes more than");
    }

    @Test
    void textThatGrowsWhenItIsEscapedIsBad(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id bigint PRIMARY KEY, note jsonb)");

        write(database, "copy", list(Schema.STRING_SCHEMA, "\u0001".repeat(1_000), 50_000));

        assertThat(letter(database)).contains("column \"note\"", "the row takes more than");
    }

    @Test
    void exponentsThatNoColumnHoldsAreBad(Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TABLE versions (id bigint PRIMARY KEY, note numeric, text text, json jsonb, number bigint)");
        List<String> columns = List.of("note", "text", "json", "number");
        List<BigDecimal> numbers = List.of(new BigDecimal("1e1000000000"), new BigDecimal("1e-1000000000"));

        Map<String, String> settings = settings("auto");
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.open(ZERO);
            int offset = 0;
            for (String column : columns) {
                for (BigDecimal number : numbers) {
                    task.put(Rows.value(ZERO, offset, Map.of("id", offset, column, number)));
                    offset++;
                }
            }
            task.put(Rows.value(ZERO, offset, Map.of("id", 1_000, "note", BigDecimal.TEN)));
            long end = offset + 1;
            task.callUntil("all to be durable", () -> task.preCommit().getOrDefault(ZERO, 0L) == end);
        }

        assertThat(database.column("SELECT id FROM versions")).containsExactly(1_000L);
        assertThat(database.column("SELECT record_offset FROM sluice_errors ORDER BY 1"))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(database.column("SELECT record_value FROM sluice_errors WHERE record_offset = 0"))
                .containsExactly("{\"id\":0,\"note\":1E+1000000000}")
                .isNotEmpty();
    }

    @Test
    void aKeyWithALargeExponentIsOneKeyHoweverItIsWritten(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE versions (id numeric PRIMARY KEY, version bigint)");
        BigDecimal digits = HUGE.setScale(0);

        try (TaskRun task = TaskRun.start(database, settings("auto"))) {
            task.open(ZERO);
            task.put(
                    Rows.value(ZERO, 0, Map.of("id", HUGE, "version", 1)),
                    Rows.value(ZERO, 1, Map.of("id", digits, "version", 2)),
                    Rows.value(ZERO, 2, Map.of("id", HUGE.negate(), "version", 3)));
            task.callUntil("all to be durable", () -> task.preCommit().getOrDefault(ZERO, 0L) == 3);
        }

        assertThat(database.rows("SELECT id = 1e131071, version FROM versions ORDER BY version"))
                .containsExactly(Database.row(true, 2L), Database.row(false, 3L));
    }

    /** A row with one element first, and then the one with many. */
    private static void write(Database database, String method, List<Struct> rows) {
        try (TaskRun task = TaskRun.start(database, settings(method))) {
            task.open(ZERO);
            for (int i = 0; i < rows.size(); i++) {
                task.put(new SinkRecord("orders", 0, null, null, rows.get(i).schema(), rows.get(i), i));
            }
            task.callUntil("all to be durable", () -> task.preCommit().getOrDefault(ZERO, 0L) == rows.size());
        }
    }

    private static List<Struct> list(Schema element, Object value, int count) {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("note", SchemaBuilder.array(element).build())
                .build();
        return List.of(
                new Struct(schema).put("id", 0L).put("note", List.of(value)),
                new Struct(schema).put("id", 1L).put("note", Collections.nCopies(count, value)));
    }

    private static String letter(Database database) {
        List<@Nullable Object> reasons = database.column("SELECT reason FROM sluice_errors WHERE record_offset = 1");
        assertThat(reasons).hasSize(1);
        return String.valueOf(reasons.get(0));
    }

    private static Map<String, String> settings(String method) {
        return Settings.of(
                Rows.INTO_TABLE,
                Map.of("errors.tolerance", "all", "errors.table", "sluice_errors", "write.method", method));
    }
}
