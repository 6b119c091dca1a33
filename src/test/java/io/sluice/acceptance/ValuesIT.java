package io.sluice.acceptance;

import static io.sluice.harness.Database.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What PostgreSQL returns is what was sent. */
@ExtendWith(HarnessExtension.class)
final class ValuesIT {

    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
    private static final Schema INNER = SchemaBuilder.struct()
            .field("when", Timestamp.SCHEMA)
            .field("n", Schema.INT32_SCHEMA)
            .build();
    private static final Schema ALL = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("i8", Schema.INT8_SCHEMA)
            .field("i16", Schema.INT16_SCHEMA)
            .field("i32", Schema.INT32_SCHEMA)
            .field("f32", Schema.FLOAT32_SCHEMA)
            .field("f64", Schema.FLOAT64_SCHEMA)
            .field("flag", Schema.BOOLEAN_SCHEMA)
            .field("text", Schema.STRING_SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .field("price", Decimal.schema(2))
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("clock", Time.SCHEMA)
            .field("moment", Timestamp.SCHEMA)
            .field("list", SchemaBuilder.array(Schema.INT32_SCHEMA).build())
            .field(
                    "map",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build())
            .field("inner", INNER)
            .field("nothing", Schema.OPTIONAL_INT32_SCHEMA)
            .build();

    @Test
    void everyTypeOfConnectGetsAColumnThatHoldsIt(Scenario test) {
        Topic topic = test.topic("all", 1);
        Connector sink = test.startSink(topic, structs("auto.create", "true"));
        topic.send(Message.struct(ALL, everything(1)));

        Database database = test.database();
        test.await().until("the row", () -> sink.group(test.broker()).lag(topic) == 0);
        assertThat(database.rows("""
                        SELECT column_name || ' ' || udt_name FROM information_schema.columns
                        WHERE table_name = 'made' ORDER BY ordinal_position""").toString())
                .isEqualTo("[[id int8], [i8 int2], [i16 int2], [i32 int4], [f32 float4], [f64 float8], [flag bool], "
                        + "[text text], [bytes bytea], [price numeric], [day date], [clock time], [moment timestamp], "
                        + "[list _int4], [map jsonb], [inner jsonb], [nothing int4]]");
        assertThat(database.rows("""
                        SELECT id, i8::text, i16::text, i32, f32, f64, flag, text, bytes::text, price::text, day::text,
                               clock::text, moment::text, list::text, map::text, "inner"::text, nothing FROM made"""))
                .containsExactly(row(
                        1L,
                        "-128",
                        "-32768",
                        Integer.MIN_VALUE,
                        1.1f,
                        -2.2e-300,
                        true,
                        "größer — 漢字 🐘 'quoted' \\ \t",
                        "\\x00ff10",
                        "-12345678901234567890.10",
                        "1969-07-20",
                        "23:59:59.999",
                        "2026-11-22 17:31:00.123",
                        "{1,2,3}",
                        "{\"a\": 1}",
                        "{\"n\": 5, \"when\": \"2026-11-22T17:31:00.123Z\"}",
                        null));
    }

    @Test
    void existingColumnsOfOtherTypesTakeWhatFits(Scenario test) {
        Topic topic = test.topic("all", 1);
        Database database = test.database();
        database.execute("CREATE TYPE \"Mood\" AS ENUM ('fine', 'it''s')", """
                CREATE TABLE made (id int PRIMARY KEY, u uuid, m "Mood", a inet, j jsonb, d date, ts timestamptz,
                                   n numeric(10, 2), c char(5), v varchar(5), iv interval, big bigint, arr int[])""");
        test.startSink(topic, Map.of("table.name.format", "made"));
        topic.send(Message.json(Map.ofEntries(
                Map.entry("id", "7"),
                Map.entry("u", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
                Map.entry("m", "it's"),
                Map.entry("a", "10.0.0.1/8"),
                Map.entry("j", Map.of("x", List.of(1, "zwei", true))),
                Map.entry("d", "2026-02-28"),
                Map.entry("ts", "2026-11-22T17:31:00+01:00"),
                Map.entry("n", 12.345),
                Map.entry("c", "ab"),
                Map.entry("v", "abcde"),
                Map.entry("iv", "1 day 2 hours"),
                Map.entry("big", 9.0e15),
                Map.entry("arr", "{1,NULL,3}"))));

        test.await().until("the row", () -> database.count("made") == 1);
        assertThat(database.rows("""
                        SELECT id, u::text, m::text, a::text, j::text, d::text, extract(epoch FROM ts)::bigint, n::text,
                               c::text, v, iv::text, big, arr::text FROM made"""))
                .containsExactly(row(
                        7,
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "it's",
                        "10.0.0.1/8",
                        "{\"x\": [1, \"zwei\", true]}",
                        "2026-02-28",
                        Instant.parse("2026-11-22T16:31:00Z").getEpochSecond(),
                        "12.35",
                        "ab",
                        "abcde",
                        "1 day 02:00:00",
                        9_000_000_000_000_000L,
                        "{1,NULL,3}"));
    }

    @Test
    void unevenJsonMakesItsTableAsItComes(Scenario test) {
        Topic topic = test.topic("uneven", 1);
        Database database = test.database();
        test.startSink(
                topic,
                Map.of(
                        "table.name.format", "made",
                        "pk.mode", "none",
                        "insert.mode", "insert",
                        "auto.create", "true",
                        "auto.evolve", "true",
                        "evolve.widen", "true"));
        topic.send(
                Message.text("{\"a\": 1, \"empty\": null}"),
                Message.text("{\"b\": {\"c\": [1, {\"d\": \"ü\"}]}, \"a\": 9007199254740993}"),
                Message.text("{\"a\": \"now text\", \"b\": \"a text in jsonb\"}"),
                Message.text("{\"a\": true, \"b\": 1.5, \"e\": \"" + "long ".repeat(20_000) + "\"}"),
                Message.text("{\"a\": {\"now\": \"nested\"}}"));

        test.await().until("five rows", () -> database.hasTable("made") && database.count("made") == 5);
        assertThat(database.rows("SELECT a, b::text, length(e) FROM made ORDER BY a"))
                .containsExactlyInAnyOrder(
                        row("1", null, null),
                        row("9007199254740993", "{\"c\": [1, {\"d\": \"ü\"}]}", null),
                        row("now text", "\"a text in jsonb\"", null),
                        row("true", "1.5", 100_000),
                        row("{\"now\":\"nested\"}", null, null));
    }

    @Test
    void aColumnThatChangesBehindOurBackTakesNoForeignBytes(Scenario test) {
        Topic topic = test.topic("flags", 1);
        Database database = test.database();
        database.execute("CREATE TABLE made (id int, flag boolean)");
        test.startSink(topic, Map.of("table.name.format", "made", "pk.mode", "none", "insert.mode", "insert"));
        topic.send(20, i -> Message.json(Map.of("id", i, "flag", true)));
        test.await().until("the first rows", () -> database.count("made") == 20);

        database.execute("ALTER TABLE made ALTER COLUMN flag TYPE text");
        topic.send(20, i -> Message.json(Map.of("id", i, "flag", true)));

        test.await().until("all rows", () -> database.count("made") == 40);
        assertThat(database.column("SELECT DISTINCT flag FROM made")).isEqualTo(row("true"));
    }

    @Test
    void decimalsKeepEveryDigit(Scenario test) {
        Topic topic = test.topic("decimals", 2);
        Random random = new Random(42);
        List<BigDecimal> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            BigInteger digits = new BigInteger(1 + random.nextInt(200), random);
            sent.add(new BigDecimal(random.nextBoolean() ? digits : digits.negate(), 7));
        }
        sent.addAll(List.of(new BigDecimal("0E-7"), new BigDecimal("10000.0000000"), new BigDecimal("-0.0001000")));
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT32_SCHEMA)
                .field("d", Decimal.schema(7))
                .build();
        Database database = test.database();
        database.execute("CREATE TABLE made (id int PRIMARY KEY, d numeric)");
        test.startSink(topic, structs("auto.create", "false"));
        topic.send(
                sent.size(),
                i -> Message.struct(schema, new Struct(schema).put("id", i).put("d", sent.get(i))));

        test.await().until("all rows", () -> database.count("made") == sent.size());
        assertThat(database.column("SELECT d::text FROM made ORDER BY id"))
                .isEqualTo(sent.stream().map(BigDecimal::toPlainString).toList());
    }

    @Test
    void wallClockColumnsAreInTheConfiguredZone(Scenario test) {
        Topic topic = test.topic("times", 1);
        Database database = test.database();
        database.execute("CREATE TABLE made (id bigint PRIMARY KEY, day date, moment timestamp, instant timestamptz)");
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
                .field("moment", Timestamp.SCHEMA)
                .field("instant", Timestamp.SCHEMA)
                .build();
        Instant moment = Instant.parse("2026-07-01T03:04:05.678Z");
        test.startSink(topic, structs("db.timezone", "America/New_York"));
        topic.send(Message.struct(
                schema,
                new Struct(schema)
                        .put("id", 1L)
                        .put("day", day("2026-07-01"))
                        .put("moment", Date.from(moment))
                        .put("instant", Date.from(moment))));

        test.await().until("the row", () -> database.count("made") == 1);
        assertThat(database.rows("SELECT day::text, moment::text, extract(epoch FROM instant)::text FROM made"))
                .containsExactly(row("2026-07-01", "2026-06-30 23:04:05.678", "1782875045.678000"));
    }

    private static Struct everything(long id) {
        Date moment = Date.from(Instant.parse("2026-11-22T17:31:00.123Z"));
        return new Struct(ALL)
                .put("id", id)
                .put("i8", Byte.MIN_VALUE)
                .put("i16", Short.MIN_VALUE)
                .put("i32", Integer.MIN_VALUE)
                .put("f32", 1.1f)
                .put("f64", -2.2e-300)
                .put("flag", true)
                .put("text", "größer — 漢字 🐘 'quoted' \\ \t")
                .put("bytes", new byte[] {0, (byte) 0xFF, 16})
                .put("price", new BigDecimal("-12345678901234567890.10"))
                .put("day", day("1969-07-20"))
                .put("clock", new Date(86_399_999))
                .put("moment", moment)
                .put("list", List.of(1, 2, 3))
                .put("map", Map.of("a", 1))
                .put("inner", new Struct(INNER).put("when", moment).put("n", 5));
    }

    private static Date day(String date) {
        return new Date(LocalDate.parse(date).toEpochDay() * 86_400_000);
    }

    private static Map<String, String> structs(String key, String value) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("table.name.format", "made");
        settings.put("pk.mode", "record_value");
        settings.put("pk.fields", "id");
        settings.put("value.converter", JSON);
        settings.put("value.converter.schemas.enable", "true");
        settings.put(key, value);
        return settings;
    }
}
