package io.sluice.type;

import io.sluice.config.CalendarSystem;
import io.sluice.config.NulCharacters;
import io.sluice.config.ValueConfig;
import io.sluice.record.ColumnHint;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.FieldTypes;
import io.sluice.record.SemanticType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The page on types, worked out by asking the code. */
final class TypesPage {
    static final ValueConfig VALUES =
            new ValueConfig(ZoneOffset.UTC, ZoneOffset.UTC, CalendarSystem.PROLEPTIC_GREGORIAN, NulCharacters.FAIL);

    private static final ExtensionTypes ALL_EXTENSIONS =
            new ExtensionTypes(ExtensionTypes.KNOWN.stream().collect(Collectors.toMap(name -> name, name -> name)));

    private static final List<String> COLUMNS = List.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "money",
            "text",
            "varchar",
            "bpchar",
            "name",
            "bytea",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "json",
            "jsonb",
            "xml",
            "bit",
            "varbit",
            "inet",
            "macaddr",
            "int4range",
            "tsvector",
            "point",
            "box",
            "oid",
            "pg_lsn");

    private static final List<String> EXTENSIONS =
            List.of("hstore", "ltree", "citext", "geometry", "geography", "vector", "halfvec", "sparsevec");

    private static final String HEADER = """
            # Types

            Which column each field gets, and which columns each field can go into. These tables are worked out by asking the
            code; a test fails when they are not what it does.

            """;

    private static final String RULES = """
            ## What becomes of values

            - A value goes in exactly as it was, or the record is refused with a message that names the column. Two things are
              rounded, as PostgreSQL itself rounds them: times finer than a microsecond, to the nearest microsecond and to
              the even one of two that are equally near; and numbers that go into `numeric(p,s)`, `real` or `money`.
            - What a converter has changed before cannot be seen here. Kafka's JsonConverter reads whole numbers without a schema as
              int64 and cuts larger ones to their last 64 bits: produce those as strings.
            - Of a `ByteBuffer` the bytes from its position to its limit are the value. One whose position is at its end, because
              a transformation has read it, is empty.
            - A null of an optional field is written as the schema's default or as NULL, as `replace.null.with.default` says, and
              in a change event always as NULL. A required field that is not set takes its default, also where it is nested.
            - A Struct that is one value (`VariableScaleDecimal`, geometries, structured times) is one value also where it is the whole
              key or the whole value of a record.
            - `24:00:00`, years before 1 and beyond 9999, and infinite dates and timestamps are kept. What Debezium makes of
              infinity (the numbers of pgjdbc, `infinity` in a `ZonedTimestamp`) becomes PostgreSQL's infinity again.
            - A Connect `Timestamp` and the fields of `timestamp.fields.list` are instants. In a `timestamp` column they are
              what a clock in `db.timezone` shows; a `timestamptz` column keeps the instant. Debezium's `Timestamp`,
              `MicroTimestamp`, `NanoTimestamp` and `IsoTimestamp` are what a clock on the wall showed: no zone shifts them,
              but in a `timestamptz` column they are taken for the time in `db.timezone`.
            - A date is a date in any zone, unless `date.timezone` says otherwise. `date.calendar.system=legacy` reads Connect's
              dates and timestamps before 1582-10-15 by the Julian calendar, as `java.util.GregorianCalendar` does.
            - Debezium's fields that are whole numbers (`MicroTimestamp`, `Year` and so on) may go into a column of numbers as
              the number that they are.
            - A string goes into a column of any type as that type's text. In `json` and `jsonb` a string with a schema is JSON
              text, and a string without one is a JSON string.
            - A text is read the same whoever logs in from wherever: in a `timestamptz` column one without an offset is of
              `db.timezone`, never of the worker's JVM, the role, the database or the server; `01/02/2026` is the second of January
              (`DateStyle` is `ISO, MDY`), and intervals, abbreviations of zones, `NULL` in the text of an array and `xml` are
              read with PostgreSQL's defaults. `money` is left to the server's `lc_monetary`, since that says what its numbers mean.
            - In a `timestamp`, `date` or `time` column the offset of a text does not count, as in PostgreSQL:
              `2026-07-01T12:00:00+02:00` is 12:00 there. A Debezium `ZonedTimestamp` is an instant, so it is what a clock in
              `db.timezone` shows.
            - `now`, `today`, `tomorrow` and `yesterday` are refused in columns of dates and times, in arrays, ranges and composite
              types of them as well, since a record that is read again would write another value; so is a time without an offset in
              a `timetz` column where `db.timezone` has summer time. `epoch`, `infinity` and `allballs` are constants.
            - Nested values become JSON: dates, times and intervals ISO 8601, bytes base64, decimals numbers with all their
              digits or an exponent in place of more than a thousand zeros, `io.debezium.data.Json` the JSON that it holds. More than 1,000 levels are refused; in JSON text, more
              than 5,000.
            - Lists may hold nulls, and may be nested as deep as the arrays of PostgreSQL, whose lists must all be of one length.
            - A domain takes what the type below it takes. No cast names a length, so nothing is cut off in silence.
            - The character U+0000 is treated as `nul.characters` says, also where it is nested or escaped in JSON text. Half a
              surrogate pair is always refused.
            - A row takes 256 MiB at most in the form in which PostgreSQL gets it, or a sixteenth of the worker's heap where that is
              less; a record whose row would take more is bad.
            - Sparse vectors, geometries and geographies go into the columns of their extensions as text.

            ## Columns that Sluice makes

            A field that is required is `NOT NULL`, and a default of its schema becomes the column's. To an existing table a
            required field is added as `NOT NULL` only where it has a default. With `evolve.widen` a column loses its
            `NOT NULL` when its field has become optional, or when PostgreSQL refuses a row whose schema no longer has the
            field; never a column of a key, a domain, an identity or the replica identity. A source that propagates its column types
            (Debezium's `column.propagate.source.type` or `datatype.propagate.source.type`) gets them back where they are in
            the last table: only these names count, and none is ever put into SQL as it came. The names of columns that were
            made fit for Avro are restored.

            """;

    private TypesPage() {}

    static String write() {
        StringBuilder page = new StringBuilder(HEADER).append(RULES);
        page.append("| field | column | with the extension |\n|---|---|---|\n");
        fields().forEach((name, field) -> page.append(made(name, field)));
        page.append(
                "\n## Columns that are there already\n\nIn the binary form of the column's type: the fast way.\n\n");
        page.append(rows(binding -> !binding.cast()));
        page.append(
                "\nAs text, or as a number, that PostgreSQL casts. Other types of PostgreSQL take texts, numbers and ");
        page.append("booleans this way; types of users, enums among them, take every text form.\n\n");
        page.append(rows(ColumnBinding::cast));
        page.append("\n## Propagated source types\n\n| source type | field | column |\n|---|---|---|\n");
        sources().forEach(page::append);
        return page.toString();
    }

    private static String made(String name, FieldType field) {
        String plain = new ColumnTypes(ExtensionTypes.NONE)
                .forField(field, ColumnHint.NONE)
                .orElse("none, until there is a value");
        String extended =
                new ColumnTypes(ALL_EXTENSIONS).forField(field, ColumnHint.NONE).orElse(plain);
        return "| " + name + " | " + code(plain) + " | " + (extended.equals(plain) ? "" : code(extended)) + " |\n";
    }

    /** Fields that go into the same columns share a row. */
    private static String rows(Predicate<ColumnBinding> filter) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        fields().forEach((name, field) -> rows.computeIfAbsent(columns(field, filter), key -> new ArrayList<>())
                .add(name));
        return rows.entrySet().stream()
                .filter(row -> !row.getKey().isEmpty())
                .map(row -> "| " + String.join("<br>", row.getValue()) + " | " + row.getKey() + " |\n")
                .collect(Collectors.joining("", "| field | columns |\n|---|---|\n", ""));
    }

    private static String columns(FieldType field, Predicate<ColumnBinding> filter) {
        ColumnBindings bindings = new ColumnBindings(VALUES);
        Stream<PgType> builtIn = COLUMNS.stream().map(PgType::builtIn);
        Stream<PgType> others = EXTENSIONS.stream()
                .map(type -> new PgType(type, type, false, PgType.NO_MODIFIER, false, false, "public", false, null));
        Stream<PgType> arrays = Stream.of("int4", "text", "timestamptz", "inet")
                .map(type -> PgType.builtIn(type).array());
        return Stream.of(builtIn, others, arrays)
                .flatMap(each -> each)
                .filter(column -> bindings.find(field, column).filter(filter).isPresent())
                .map(column -> code(column.sqlName()))
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> sources() {
        Map<String, FieldType> examples = new LinkedHashMap<>();
        examples.put("STRING", Scalar.STRING);
        examples.put("Decimal", new FieldType.Decimal(2, 0));
        examples.put("BOOLEAN", Scalar.BOOLEAN);
        examples.put("INT64", Scalar.INT64);
        examples.put("Bits", new FieldType.Bits(12));
        examples.put("Json", SemanticType.JSON);
        examples.put("MAP", FieldTypes.of(map()));
        examples.put("DoubleVector", SemanticType.DOUBLE_VECTOR);
        SourceTypes types = new SourceTypes(ALL_EXTENSIONS);
        return SourceTypes.names()
                .flatMap(source -> examples.entrySet().stream().flatMap(example -> {
                    ColumnHint hint = new ColumnHint(source, 12, 2, null, false);
                    Optional<String> column = types.find(example.getValue(), hint);
                    return column.stream()
                            .map(type -> "| `" + source + "` | " + example.getKey() + " | " + code(type) + " |\n");
                }));
    }

    private static Schema map() {
        return SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
    }

    private static Map<String, FieldType> fields() {
        Map<String, FieldType> fields = new LinkedHashMap<>();
        for (Scalar scalar : Scalar.values()) {
            fields.put(words(scalar), scalar);
        }
        fields.put("Connect Decimal", new FieldType.Decimal(2, 0));
        fields.put("Connect Decimal of a known precision", new FieldType.Decimal(2, 12));
        fields.put("STRUCT, MAP", FieldTypes.of(map()));
        Schema ints = SchemaBuilder.array(Schema.INT32_SCHEMA).build();
        fields.put("ARRAY of INT32", new FieldType.Array(Scalar.INT32, ints));
        Schema maps = SchemaBuilder.array(map()).build();
        fields.put("ARRAY of STRUCT or MAP", new FieldType.Array(FieldTypes.of(map()), maps));
        for (SemanticType type : SemanticType.values()) {
            boolean named = !type.schemaName().isEmpty();
            fields.put(named ? "`" + type.schemaName() + "`" : "`timestamp.fields.list` in " + unit(type), type);
        }
        fields.put("`io.debezium.data.Bits` of n", new FieldType.Bits(12));
        return fields;
    }

    private static String unit(SemanticType type) {
        return type == SemanticType.EPOCH_MICROS ? "microseconds" : "nanoseconds";
    }

    private static String words(Scalar scalar) {
        return switch (scalar) {
            case DATE, TIME, TIMESTAMP ->
                "Connect " + scalar.name().charAt(0)
                        + scalar.name().substring(1).toLowerCase(Locale.ROOT);
            case JSON_STRING -> "a string without schema";
            case INTEGER -> "an integer without schema";
            case NUMBER -> "another number without schema";
            case DOCUMENT -> "a map or list without schema";
            case NULL -> "null without schema";
            case BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, BYTES -> scalar.name();
        };
    }

    private static String code(String text) {
        return text.contains(" until ") ? text : "`" + text.replace("12", "n") + "`";
    }
}
