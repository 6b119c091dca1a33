package io.sluice.roundtrip;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Strings in columns of every other type, made by hand or by what a source has told of its own column. */
final class TextKinds {
    /** Texts of each type as PostgreSQL writes them. */
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry("inet", List.of("10.0.0.1/32", "10.1.2.3/8", "::1/128", "fe80::1/64")),
            Map.entry("cidr", List.of("10.0.0.0/8", "2001:db8::/32")),
            Map.entry("macaddr", List.of("08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff")),
            Map.entry("macaddr8", List.of("08:00:2b:ff:fe:01:02:03")),
            Map.entry("int4range", List.of("empty", "[1,10)", "(,)", "[-2147483648,)")),
            Map.entry("int8multirange", List.of("{}", "{[1,3),[5,9)}", "{(,-5),[7,)}")),
            Map.entry("numrange", List.of("[1.5,2.50]", "(NaN,)", "(-1,)")),
            Map.entry("tsrange", List.of("[\"2020-01-01 00:00:00\",infinity)", "empty")),
            Map.entry("daterange", List.of("[2020-01-01,2020-02-01)", "(,)")),
            Map.entry("tsvector", List.of("'a':1 'b c'", "'it''s' 'q\"q'", "")),
            Map.entry("tsquery", List.of("'a' & 'b' | !'c d'")),
            Map.entry("jsonpath", List.of("$.\"a\"[*]?(@ > 1)")),
            Map.entry("xml", List.of("<a/>", "text", "<?pi x?><b c='\"'/>")),
            Map.entry("pg_lsn", List.of("0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF")),
            Map.entry("box", List.of("(3,4),(1,2)", "(1e+300,0),(-1e-300,-5)")),
            Map.entry("lseg", List.of("[(1,2),(3,4)]")),
            Map.entry("path", List.of("[(1,2),(3,4)]", "((0,0),(1,1),(2,0))")),
            Map.entry("polygon", List.of("((0,0),(1,1),(2,0))")),
            Map.entry("circle", List.of("<(1,2),3>")),
            Map.entry("line", List.of("{1,-1,0}")));

    private static final Map<String, List<String>> BY_HAND = Map.ofEntries(
            Map.entry("point", List.of("(1,2)", "(Infinity,NaN)")),
            Map.entry("oid", List.of("0", "4294967295")),
            Map.entry("money", List.of("$1,234.56", "-$0.01")),
            Map.entry("bit(5)", List.of("10101", "00000")),
            Map.entry("bit varying(9)", List.of("", "1", "101010101")),
            Map.entry("interval", List.of("1 year 2 mons -3 days +04:05:06.7", "00:00:00")),
            Map.entry("timetz", List.of("24:00:00+05:30", "00:00:00-12")),
            Map.entry("time", List.of("24:00:00", "23:59:59.999999")),
            Map.entry("date", List.of("infinity", "0044-03-15 BC", "5874897-12-31")),
            Map.entry("timestamp", List.of("-infinity", "4713-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999")),
            Map.entry("timestamptz", List.of("infinity", "2020-02-29 12:00:00+00", "12020-02-29 12:00:00.5+00")),
            Map.entry("uuid", List.of("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
            Map.entry("smallint", List.of("-32768", "32767")),
            Map.entry("integer", List.of("-2147483648", "0")),
            Map.entry("bigint", List.of("9223372036854775807")),
            Map.entry(
                    "numeric",
                    List.of("NaN", "Infinity", "-Infinity", "1234567890123456789012345678901234567890.5000")),
            Map.entry("numeric(40,10)", List.of("-123456789012345678901234567890.1234567890")),
            Map.entry("real", List.of("NaN", "1.1754944e-38", "3.4028235e+38")),
            Map.entry("double precision", List.of("-Infinity", "5e-324", "1.7976931348623157e+308", "-0")),
            Map.entry("boolean", List.of("true", "false")),
            Map.entry("bytea", List.of("\\x", "\\x00ff10")),
            Map.entry("name", List.of("a name", "sixty-three bytes: as long as a name can ever be, I'd say, orso")),
            Map.entry("char(7)", List.of("ab", "1234567")),
            Map.entry("\"char\"", List.of("x", "'")),
            Map.entry("json", List.of("{\"b\" : 1, \"a\":[ ]}", "\"\\u0000 \\ud800\"", "1e400000", " null ")),
            Map.entry("jsonb", List.of("{\"\": {}, \"a\": [1.50, \"\\\"\\n\", null, true]}", "\"🐘\"", "-0.10")),
            Map.entry("hstore", List.of("", "\"a\"=>\"1\", \"b\\\"\"=>NULL")),
            Map.entry("citext", List.of("Any Case", "' \" \\ ü")),
            Map.entry("ltree", List.of("a.B_1", "")),
            Map.entry("\"Mood's \"\"Type\"", List.of("Red", "it's", "bl\"ue", "日本")),
            Map.entry("positive", List.of("1", "2147483647")),
            Map.entry("short_text", List.of("abc", "")),
            Map.entry("address", List.of("10.0.0.1/8")),
            Map.entry("pair", List.of("(1,a)", "(,\"b, \"\"c\"\" \\\\\")")),
            Map.entry("integer[]", List.of("{}", "{1,NULL,3}", "{{1,2},{3,4}}", "[0:1]={5,6}")),
            Map.entry("text[]", List.of("{\"a b\",\"NULL\",NULL,\"\\\"\\\\\"}")),
            Map.entry("inet[]", List.of("{10.0.0.1,NULL}")),
            Map.entry("box[]", List.of("{(1,1),(0,0);(2,2),(1,1)}")),
            Map.entry("\"Mood's \"\"Type\"[]", List.of("{Red,it's,\"bl\\\"ue\"}")),
            Map.entry("txid_snapshot", List.of("10:20:10,14,15")),
            Map.entry("int2vector", List.of("1 2 3")));

    private static final int FIRST_WITH_INFINITE_INTERVALS = 170_000;

    private TextKinds() {}

    static List<Kind> all(int serverVersion) {
        Stream<Kind> byHand = Stream.concat(TEXTS.entrySet().stream(), BY_HAND.entrySet().stream())
                .map(entry -> kind("", "text", entry.getValue()).into(entry.getKey()));
        Stream<Kind> propagated =
                TEXTS.entrySet().stream().map(entry -> kind(entry.getKey(), entry.getKey(), entry.getValue()));
        Stream<Kind> others = Stream.of(
                kind("varchar", "varchar", List.of("", "abcdefghij")),
                kind("citext", "citext", List.of("Any Case")),
                kind("no such type; DROP TABLE t", "text", List.of("x")));
        Stream<Kind> recent = serverVersion < FIRST_WITH_INFINITE_INTERVALS
                ? Stream.of()
                : Stream.of(kind("", "text", List.of("infinity", "-infinity")).into("interval"));
        return Stream.of(byHand, propagated, others, recent)
                .flatMap(each -> each)
                .toList();
    }

    private static Kind kind(String source, String made, List<String> texts) {
        return Kind.of(
                () -> {
                    SchemaBuilder schema = SchemaBuilder.string();
                    return source.isEmpty()
                            ? schema
                            : schema.parameter("__debezium.source.column.type", source.toUpperCase(Locale.ROOT))
                                    .parameter("__debezium.source.column.length", "10");
                },
                made,
                random -> DebeziumKinds.same(Texts.pick(random, texts)));
    }
}
