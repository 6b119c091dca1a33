package io.sluice.cdc;

import static io.sluice.cdc.NumberValues.decimal;
import static io.sluice.cdc.TextValues.plain;
import static io.sluice.cdc.TextValues.text;
import static io.sluice.cdc.TimeValues.date;
import static io.sluice.cdc.TimeValues.time;
import static io.sluice.cdc.TimeValues.timestamp;
import static io.sluice.cdc.TimeValues.zoned;
import static io.sluice.cdc.Values.oneOf;

import io.sluice.cdc.TypedTable.Logged;
import java.util.List;
import java.util.Set;

/**
 * Tables of every type that Debezium streams. What it streams with a loss has a column of its own beside the ordinary
 * values, so that {@link Limits} can name it.
 */
final class TypedTables {
    private TypedTables() {}

    /** What the tables need, in every database. */
    static List<String> preparation() {
        return List.of(
                "CREATE EXTENSION hstore; CREATE EXTENSION citext; CREATE EXTENSION ltree",
                "CREATE SCHEMA typed",
                "CREATE TYPE typed.mood AS ENUM ('sad', 'Ok', 'so so', 'it''s')",
                "CREATE DOMAIN typed.email AS text CHECK (VALUE LIKE '%@%')",
                "CREATE DOMAIN typed.amount AS numeric(10,2)");
    }

    static List<TypedTable> all() {
        return List.of(
                numbers(),
                texts(),
                documents(),
                times(),
                moments(),
                networks(),
                ranges(),
                arrays(),
                timeArrays(),
                large(),
                largeAndLogged(),
                identities(),
                composite(),
                byUuid(),
                byText(),
                byNumber(),
                byTime(),
                evolving(),
                oddNames(),
                cleared(),
                keyless());
    }

    private static TypedTable numbers() {
        return TypedTable.of(
                "numbers",
                new Column("small", "smallint", NumberValues.smallint()),
                new Column("medium", "integer NOT NULL", NumberValues.integer()),
                new Column("big", "bigint", NumberValues.bigint()),
                new Column("price", "numeric(12,2)", decimal(10, 2)),
                new Column("precise", "numeric(38,18)", decimal(20, 18)),
                new Column("wide", "numeric(300,0)", decimal(300, 0)),
                new Column("any", "numeric", NumberValues.numeric()),
                new Column("any_special", "numeric", NumberValues.numeric().orElse("NaN", "Infinity", "-Infinity")),
                new Column("price_special", "numeric(12,2)", decimal(10, 2).orElse("NaN")),
                new Column("single", "real", NumberValues.real().orElse("0", "1e-45", "3.4028235e38")),
                new Column("single_special", "real", NumberValues.real().orElse("NaN", "Infinity", "-0")),
                new Column(
                        "double",
                        "double precision",
                        NumberValues.doublePrecision().orElse("0", "5e-324")),
                new Column(
                        "double_special",
                        "double precision",
                        NumberValues.doublePrecision().orElse("NaN", "Infinity", "-0")),
                new Column("money", "money", decimal(8, 2)),
                new Column("flag", "boolean", oneOf("true", "false")),
                new Column("object", "oid", oneOf("0", "1", "2147483648", "4294967295")),
                new Column("amount", "typed.amount", decimal(8, 2)));
    }

    private static TypedTable texts() {
        return TypedTable.of(
                "texts",
                new Column("words", "text", text(12)),
                new Column("some", "varchar(40) NOT NULL", text(20)),
                new Column("padded", "char(10)", plain(1, 10)),
                new Column("folded", "citext", text(8)),
                new Column("named", "name", plain(1, 60)),
                new Column("letter", "\"char\"", oneOf("a", "Z", "7")),
                new Column("raw", "bytea", TextValues.bytea(0, 50)),
                new Column("id_card", "uuid", TextValues.uuid()),
                new Column("mood", "typed.mood", oneOf("sad", "Ok", "so so", "it's")),
                new Column("email", "typed.email", oneOf("a@b", "ß@\"quoted\"")),
                new Column("search", "tsvector", TextValues.tsvector()));
    }

    private static TypedTable documents() {
        return TypedTable.of(
                "documents",
                new Column("exact", "json", TextValues.json()),
                new Column("binary", "jsonb", TextValues.json()),
                new Column("scalar", "jsonb NOT NULL", TextValues.jsonScalar()),
                new Column("markup", "xml", TextValues.xml()),
                new Column("pairs", "hstore", TextValues.hstore()),
                new Column("path", "ltree", TextValues.ltree()));
    }

    private static TypedTable times() {
        return TypedTable.of(
                "times",
                new Column("day", "date NOT NULL", date()),
                new Column("day_special", "date", date().orElse("infinity", "-infinity")),
                new Column("day_far", "date", date().orElse("0044-03-15 BC", "1500-02-28", "12345-06-07")),
                new Column("clock", "time", time(6)),
                new Column("clock_ms", "time(3)", time(3)),
                new Column("clock_s", "time(0)", time(0)),
                new Column("clock_end", "time", time(6).orElse("24:00:00")),
                new Column("zoned", "timetz", zoned(time(6), "+00")),
                new Column("zoned_far", "timetz", zoned(time(6), "+00", "-03:30", "+14")),
                new Column("span", "interval", TimeValues.duration(0)),
                new Column("span_us", "interval", TimeValues.duration(6)),
                new Column("span_long", "interval", TimeValues.interval()));
    }

    private static TypedTable moments() {
        String[] old = {"0044-03-15 12:00:00 BC", "1500-02-28 11:22:33.444555", "12345-06-07 08:09:10"};
        return TypedTable.of(
                "moments",
                new Column("local", "timestamp", timestamp(6)),
                new Column("local_ms", "timestamp(3) NOT NULL", timestamp(3)),
                new Column("local_s", "timestamp(0)", timestamp(0)),
                new Column("local_special", "timestamp", timestamp(6).orElse("infinity", "-infinity")),
                new Column("local_far", "timestamp", timestamp(6).orElse(old)),
                new Column("instant", "timestamptz", zoned(timestamp(6), "+00", "-03:30", "+14")),
                new Column("instant_ms", "timestamptz(3)", zoned(timestamp(3), "+02")),
                new Column(
                        "instant_special",
                        "timestamptz",
                        zoned(timestamp(6), "+00").orElse("infinity", "-infinity")),
                new Column("instant_far", "timestamptz", zoned(timestamp(6).orElse("1500-02-28 11:22:33"), "+00")));
    }

    private static TypedTable networks() {
        return TypedTable.of(
                "networks",
                new Column("host", "inet", oneOf("10.1.2.3", "192.168.0.1/24", "::1", "2001:db8::ff00:42:8329/64")),
                new Column("network", "cidr", oneOf("10.0.0.0/8", "192.168.100.128/25", "2001:db8::/32")),
                new Column("card", "macaddr", oneOf("08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff")),
                new Column("long_card", "macaddr8", oneOf("08:00:2b:01:02:03:04:05")),
                new Column("one_bit", "bit(1)", oneOf("0", "1")),
                new Column(
                        "bits", "bit(19)", oneOf("0000000000000000001", "1010000000000000011", "1111111100000000000")),
                new Column("some_bits", "bit varying(19)", oneOf("", "0", "0001", "101", "1111111100000000000")),
                new Column("place", "point", NumberValues.point()),
                new Column("line", "line", oneOf("{1,-1,0}", "{2,3.5,-7}")),
                new Column("segment", "lseg", oneOf("[(0,0),(1.5,2)]", "[(3,4),(-1,-1)]")),
                new Column("rectangle", "box", oneOf("(2,2),(0,0)", "(1.25,9),(-1,3)")),
                new Column("route", "path", oneOf("[(0,0),(1,1),(2,0)]", "((0,0),(1,1),(2,0))")),
                new Column("area", "polygon", oneOf("((0,0),(1,1),(2,0))", "((1.5,0),(1,1),(2,0),(3,3))")),
                new Column("round", "circle", oneOf("<(1,2),3>", "<(-1.5,0),0.25>")));
    }

    private static TypedTable ranges() {
        return TypedTable.of(
                "ranges",
                new Column("numbers", "int4range", oneOf("empty", "[1,10)", "(,5)", "[7,)", "(,)")),
                new Column("bigs", "int8range", oneOf("empty", "[1,10000000000)", "(,5)")),
                new Column("prices", "numrange", oneOf("empty", "[1.50,2.75]", "(0.1,)")),
                new Column("locals", "tsrange", oneOf("empty", "[2024-01-01 12:00:00,2024-02-01 00:00:00.5)")),
                new Column("instants", "tstzrange", oneOf("empty", "[2024-01-01 12:00:00+02,infinity]")),
                new Column("days", "daterange", oneOf("empty", "[2024-01-01,2024-03-01)", "(,2024-03-01)")),
                new Column("many", "int4multirange", oneOf("{}", "{[1,3),[5,8)}")));
    }

    private static TypedTable arrays() {
        return TypedTable.of(
                "arrays",
                new Column("smalls", "smallint[]", NumberValues.smallint().array()),
                new Column(
                        "mediums", "integer[] NOT NULL", NumberValues.integer().array()),
                new Column("bigs", "bigint[]", NumberValues.bigint().array()),
                new Column("prices", "numeric(12,2)[]", decimal(10, 2).array()),
                new Column("singles", "real[]", NumberValues.real().array()),
                new Column(
                        "doubles",
                        "double precision[]",
                        NumberValues.doublePrecision().array()),
                new Column("flags", "boolean[]", oneOf("true", "false").array()),
                new Column("words", "text[]", text(6).array()),
                new Column("some", "varchar(20)[]", text(6).array()),
                new Column("padded", "char(5)[]", plain(1, 5).array()),
                new Column("folded", "citext[]", text(4).array()),
                new Column("raws", "bytea[]", TextValues.bytea(0, 10).array()),
                new Column("cards", "uuid[]", TextValues.uuid().array()),
                new Column("docs", "jsonb[]", TextValues.json().array()),
                new Column("moods", "typed.mood[]", oneOf("{}", "{sad}", "{Ok,so so,it's,Ok}")),
                new Column("moods_null", "typed.mood[]", oneOf("{NULL}", "{Ok,NULL}")),
                new Column("hosts", "inet[]", oneOf("10.1.2.3", "::1/64").array()),
                new Column("spans", "int4range[]", oneOf("empty", "[1,10)").array()),
                new Column("grid", "integer[]", oneOf("{{1,2},{3,4}}", "{{1},{NULL}}")));
    }

    private static TypedTable timeArrays() {
        return TypedTable.of(
                "time_arrays",
                new Column("days", "date[]", date().array()),
                new Column("clocks", "time[]", time(3).array()),
                new Column("clocks_us", "time[]", time(6).array()),
                new Column("locals", "timestamp[]", timestamp(6).array()),
                new Column(
                        "instants",
                        "timestamptz[]",
                        zoned(timestamp(6), "+00", "+05:30").array()));
    }

    /**
     * Values that PostgreSQL stores outside of the row, and does not log when they have not changed. Debezium makes a
     * creation of an update of the key, without those values: they are nowhere in the log, so there are no such updates
     * here.
     */
    private static TypedTable large() {
        return new TypedTable(
                "large",
                List.of(KeyColumn.bigint("id")),
                LargeColumns.all(),
                List.of(),
                Logged.THE_KEY,
                Change.ALL_THAT_KEEP_THE_KEY);
    }

    /** The same values, but the log has them all. */
    private static TypedTable largeAndLogged() {
        return new TypedTable(
                "large_and_logged",
                List.of(KeyColumn.bigint("id")),
                LargeColumns.all(),
                List.of(),
                Logged.THE_WHOLE_ROW,
                Change.ALL_BUT_TRUNCATE);
    }

    private static Column word() {
        return new Column("word", "text", text(5));
    }

    private static TypedTable identities() {
        return TypedTable.of("identities", word())
                .withKey(KeyColumn.identity("id"))
                .withGenerated("length integer GENERATED ALWAYS AS (char_length(word)) STORED")
                .withChanges(Change.ALL_THAT_KEEP_THE_KEY);
    }

    private static TypedTable composite() {
        return TypedTable.of("composite", word()).withKey(KeyColumn.text("region"), KeyColumn.bigint("number"));
    }

    private static TypedTable byUuid() {
        return TypedTable.of("by_uuid", word()).withKey(KeyColumn.uuid("id"));
    }

    private static TypedTable byText() {
        return TypedTable.of("by_text", word()).withKey(KeyColumn.text("code"));
    }

    private static TypedTable byNumber() {
        return TypedTable.of("by_number", word()).withKey(KeyColumn.numeric("number"));
    }

    private static TypedTable byTime() {
        return TypedTable.of("by_time", word()).withKey(KeyColumn.timestamptz("moment"));
    }

    /** Columns are added to it while the load runs. */
    private static TypedTable evolving() {
        return TypedTable.of("evolving", word());
    }

    private static TypedTable oddNames() {
        return TypedTable.of(
                "Odd Names",
                new Column("Mixed Case", "text", text(5)),
                new Column("select", "integer", NumberValues.integer()),
                new Column("größe", "text", text(5)),
                new Column("it's; -- ?", "text", text(5)));
    }

    private static TypedTable cleared() {
        return TypedTable.of("cleared", word()).withChanges(Change.ALL);
    }

    /** Without a key there is nothing by which to find a row again: it is only ever added to. */
    private static TypedTable keyless() {
        return TypedTable.of("keyless", word()).withKey().withChanges(Set.of(Change.INSERT));
    }
}
