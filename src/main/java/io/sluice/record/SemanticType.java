package io.sluice.record;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;

/**
 * What Debezium's schema names say of a field beyond the type of its values. Names, units and forms are those of
 * Debezium's packages {@code io.debezium.time} and {@code io.debezium.data}.
 */
public enum SemanticType implements FieldType {
    /** Days from 1970. */
    DATE("io.debezium.time.Date", Schema.Type.INT32),
    /** Milliseconds of the day. */
    TIME("io.debezium.time.Time", Schema.Type.INT32),
    /** Microseconds of the day. */
    MICRO_TIME("io.debezium.time.MicroTime", Schema.Type.INT64),
    /** Nanoseconds of the day. */
    NANO_TIME("io.debezium.time.NanoTime", Schema.Type.INT64),
    /** Wall-clock time as milliseconds from 1970, as if the clock were in UTC. */
    TIMESTAMP("io.debezium.time.Timestamp", Schema.Type.INT64),
    /** Wall-clock time as microseconds from 1970. */
    MICRO_TIMESTAMP("io.debezium.time.MicroTimestamp", Schema.Type.INT64),
    /** Wall-clock time as nanoseconds from 1970. */
    NANO_TIMESTAMP("io.debezium.time.NanoTimestamp", Schema.Type.INT64),
    /** ISO 8601 text of a time with an offset. */
    ZONED_TIME("io.debezium.time.ZonedTime", Schema.Type.STRING),
    /** ISO 8601 text of a timestamp with an offset, or {@code infinity}. */
    ZONED_TIMESTAMP("io.debezium.time.ZonedTimestamp", Schema.Type.STRING),
    /** An interval in microseconds. */
    MICRO_DURATION("io.debezium.time.MicroDuration", Schema.Type.INT64),
    /** An interval in nanoseconds. */
    NANO_DURATION("io.debezium.time.NanoDuration", Schema.Type.INT64),
    /** ISO 8601 text of an interval. */
    INTERVAL("io.debezium.time.Interval", Schema.Type.STRING),
    /** A year. */
    YEAR("io.debezium.time.Year", Schema.Type.INT32),
    /** ISO 8601 text of a date, with the Z of UTC. */
    ISO_DATE("io.debezium.time.IsoDate", Schema.Type.STRING),
    /** ISO 8601 text of a time, with the Z of UTC. */
    ISO_TIME("io.debezium.time.IsoTime", Schema.Type.STRING),
    /** ISO 8601 text of a timestamp, with the Z of UTC. */
    ISO_TIMESTAMP("io.debezium.time.IsoTimestamp", Schema.Type.STRING),
    /** Struct of year, month, day and specialValue. */
    STRUCTURED_DATE("io.debezium.time.StructuredDate", Schema.Type.STRUCT),
    /** Struct of hour, minute, second and picoseconds or nanos. */
    STRUCTURED_TIME("io.debezium.time.StructuredTime", Schema.Type.STRUCT),
    /** Struct of a date's and a time's fields and specialValue. */
    STRUCTURED_TIMESTAMP("io.debezium.time.StructuredTimestamp", Schema.Type.STRUCT),
    /** Struct of a time's fields and offsetSeconds. */
    STRUCTURED_ZONED_TIME("io.debezium.time.StructuredZonedTime", Schema.Type.STRUCT),
    /** Struct of a timestamp's fields, offsetSeconds and zoneId. */
    STRUCTURED_ZONED_TIMESTAMP("io.debezium.time.StructuredZonedTimestamp", Schema.Type.STRUCT),
    /** Struct of years, months, days, hours, minutes, seconds and picoseconds or nanos. */
    STRUCTURED_DURATION("io.debezium.time.StructuredDuration", Schema.Type.STRUCT),
    /** JSON text. */
    JSON("io.debezium.data.Json", Schema.Type.STRING),
    /** Text of a UUID. */
    UUID("io.debezium.data.Uuid", Schema.Type.STRING),
    /** XML text. */
    XML("io.debezium.data.Xml", Schema.Type.STRING),
    /** Text of a label path. */
    LTREE("io.debezium.data.Ltree", Schema.Type.STRING),
    /** One of a few words. */
    ENUM("io.debezium.data.Enum", Schema.Type.STRING),
    /** Some of a few words, separated by commas. */
    ENUM_SET("io.debezium.data.EnumSet", Schema.Type.STRING),
    /** Text of a tsvector. */
    TSVECTOR("io.debezium.data.Tsvector", Schema.Type.STRING),
    /** Struct of scale and value, the bytes of the unscaled integer. */
    VARIABLE_SCALE_DECIMAL("io.debezium.data.VariableScaleDecimal", Schema.Type.STRUCT, "scale value"),
    /** List of {@code Float}. */
    FLOAT_VECTOR("io.debezium.data.FloatVector", Schema.Type.ARRAY),
    /** List of {@code Double}. */
    DOUBLE_VECTOR("io.debezium.data.DoubleVector", Schema.Type.ARRAY),
    /** Struct of dimensions and vector, a map from index to {@code Double}. */
    SPARSE_VECTOR("io.debezium.data.SparseDoubleVector", Schema.Type.STRUCT, "dimensions vector"),
    /** Struct of x, y, wkb and srid. */
    POINT("io.debezium.data.geometry.Point", Schema.Type.STRUCT, "x y"),
    /** Struct of a, b and c. */
    LINE("io.debezium.data.geometry.Line", Schema.Type.STRUCT, "a b c"),
    /** Struct of center, a point, and radius. */
    CIRCLE("io.debezium.data.geometry.Circle", Schema.Type.STRUCT, "center radius"),
    /** Struct of wkb, srid and extensions, a map that tells of PostgreSQL's own types. */
    GEOMETRY("io.debezium.data.geometry.Geometry", Schema.Type.STRUCT, "wkb"),
    /** Struct of wkb and srid. */
    GEOGRAPHY("io.debezium.data.geometry.Geography", Schema.Type.STRUCT, "wkb"),
    /** An instant as microseconds from 1970: {@code Long}, or a {@code String} of digits. No schema says so. */
    EPOCH_MICROS("", Schema.Type.INT64),
    /** An instant as nanoseconds from 1970: {@code Long}, or a {@code String} of digits. No schema says so. */
    EPOCH_NANOS("", Schema.Type.INT64);

    private static final Map<String, SemanticType> BY_NAME = Stream.of(values())
            .filter(type -> !type.schemaName.isEmpty())
            .collect(Collectors.toMap(type -> type.schemaName, Function.identity()));

    /** Debezium may add a precision and the source's column to the names of its structured temporals. */
    private static final Pattern STRUCTURED =
            Pattern.compile("(io\\.debezium\\.time\\.Structured[A-Za-z]+?)(Precision\\d+)?(SourceColumn[0-9a-f]*)?");

    private final String schemaName;
    private final Schema.Type kind;
    /** Fields that a Struct must have, separated by blanks. */
    private final String fields;

    SemanticType(String schemaName, Schema.Type kind) {
        this(schemaName, kind, "");
    }

    SemanticType(String schemaName, Schema.Type kind, String fields) {
        this.schemaName = schemaName;
        this.kind = kind;
        this.fields = fields;
    }

    /** The meaning of a schema; empty where its name has none here, or its values are not what the name promises. */
    static Optional<SemanticType> of(Schema schema) {
        String name = schema.name();
        if (name == null || !name.startsWith("io.debezium.")) {
            return Optional.empty();
        }
        var structured = STRUCTURED.matcher(name);
        SemanticType type = BY_NAME.get(structured.matches() ? structured.group(1) : name);
        return Optional.ofNullable(type).filter(found -> found.describes(schema));
    }

    private boolean describes(Schema schema) {
        return kind == schema.type()
                && Stream.of(fields.split(" ")).allMatch(field -> field.isEmpty() || schema.field(field) != null);
    }

    /** The name of schemas of this type; empty where no schema has it. */
    public String schemaName() {
        return schemaName;
    }

    /** How Connect holds the values. */
    public Schema.Type kind() {
        return kind;
    }
}
