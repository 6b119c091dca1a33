package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a field's values get into a column: in the column's own binary form where there is a codec for it,
 * otherwise as text that PostgreSQL casts.
 */
public final class ColumnBindings {
    private final ZoneId zone;

    /**
     * @param zone zone of columns that hold wall-clock time
     */
    public ColumnBindings(ZoneId zone) {
        this.zone = zone.normalized();
    }

    /** The binding; empty where the column can hold no value of that field. */
    public Optional<ColumnBinding> find(FieldType field, PgType column) {
        if (field == Scalar.NULL) {
            return Optional.of(ofNull(column));
        }
        if (!column.builtIn()) {
            return asText(field);
        }
        return switch (column.name()) {
            case "bool" ->
                field == Scalar.BOOLEAN
                        ? direct("bool", (value, out) -> out.booleanField((Boolean) value))
                        : fromString(field);
            case "int2" -> integer("int2", field, Short.MIN_VALUE, Short.MAX_VALUE);
            case "int4" -> integer("int4", field, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "int8" -> integer("int8", field, Long.MIN_VALUE, Long.MAX_VALUE);
            case "float4", "float8" -> floating(column.name(), field);
            case "numeric" -> numeric(field);
            case "text", "varchar", "bpchar", "name" -> direct("text", TextForms.codec(field, zone));
            case "bytea" -> field == Scalar.BYTES ? direct("bytea", Bytes::field) : fromString(field);
            case "date", "time", "timestamp", "timestamptz" -> temporal(column.name(), field);
            case "uuid" -> Numbers.isText(field) ? direct("uuid", UuidFormat::write) : fromString(field);
            case "json", "jsonb" -> json(column.name(), field);
            default -> asText(field);
        };
    }

    /** The binding of a column that always gets NULL, in the form that values of the column usually have. */
    public ColumnBinding ofNull(PgType column) {
        ColumnCodec none = (value, out) -> out.nullField();
        if (!column.builtIn()) {
            return ColumnBinding.casting(none);
        }
        return switch (column.name()) {
            case "text", "varchar", "bpchar", "name" -> ColumnBinding.direct("text", none);
            case "bool",
                    "int2",
                    "int4",
                    "int8",
                    "float4",
                    "float8",
                    "numeric",
                    "bytea",
                    "date",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "uuid",
                    "json",
                    "jsonb" -> ColumnBinding.direct(column.name(), none);
            default -> ColumnBinding.casting(none);
        };
    }

    private static Optional<ColumnBinding> direct(String wireType, ColumnCodec codec) {
        return Optional.of(ColumnBinding.direct(wireType, codec));
    }

    private Optional<ColumnBinding> asText(FieldType field) {
        return Optional.of(ColumnBinding.casting(TextForms.codec(field, zone)));
    }

    /** A string may hold the text of anything; nothing else does. */
    private Optional<ColumnBinding> fromString(FieldType field) {
        return Numbers.isText(field) ? asText(field) : Optional.empty();
    }

    private static boolean isNumber(FieldType field) {
        return Numbers.isInteger(field)
                || field == Scalar.FLOAT32
                || field == Scalar.FLOAT64
                || field == Scalar.NUMBER
                || field instanceof FieldType.Decimal;
    }

    private static Optional<ColumnBinding> numeric(FieldType field) {
        boolean text = Numbers.isText(field);
        return isNumber(field) || text
                ? direct("numeric", (value, out) -> Numbers.numeric(Numbers.of(value, text), out))
                : Optional.empty();
    }

    private static Optional<ColumnBinding> integer(String type, FieldType field, long least, long most) {
        boolean text = Numbers.isText(field);
        if (!isNumber(field) && !text) {
            return Optional.empty();
        }
        ColumnCodec codec = switch (type) {
            case "int2" -> (value, out) -> out.int16Field((int) Numbers.integer(Numbers.of(value, text), least, most));
            case "int4" -> (value, out) -> out.int32Field((int) Numbers.integer(Numbers.of(value, text), least, most));
            default -> (value, out) -> out.int64Field(Numbers.integer(Numbers.of(value, text), least, most));
        };
        return direct(type, codec);
    }

    private static Optional<ColumnBinding> floating(String type, FieldType field) {
        boolean text = Numbers.isText(field);
        if (!isNumber(field) && !text) {
            return Optional.empty();
        }
        ColumnCodec codec = "float4".equals(type)
                ? (value, out) ->
                        out.int32Field(Float.floatToIntBits((float) Numbers.floating(Numbers.of(value, text))))
                : (value, out) -> out.int64Field(Double.doubleToLongBits(Numbers.floating(Numbers.of(value, text))));
        return direct(type, codec);
    }

    private Optional<ColumnBinding> temporal(String type, FieldType field) {
        if (field == Scalar.DATE && "date".equals(type)) {
            return direct(type, Temporals.date(ZoneOffset.UTC));
        }
        if (field == Scalar.DATE && type.startsWith("timestamp")) {
            return direct(type, Temporals.timestamp(ZoneOffset.UTC));
        }
        if (field == Scalar.TIME && "time".equals(type)) {
            return direct(type, Temporals.time(ZoneOffset.UTC));
        }
        if (field == Scalar.TIMESTAMP) {
            return switch (type) {
                case "date" -> direct(type, Temporals.date(zone));
                case "time" -> direct(type, Temporals.time(zone));
                case "timestamp" -> direct(type, Temporals.timestamp(zone));
                default -> direct(type, Temporals.timestamp(ZoneOffset.UTC));
            };
        }
        return fromString(field);
    }

    private static Optional<ColumnBinding> json(String type, FieldType field) {
        boolean version = "jsonb".equals(type);
        if (field == Scalar.STRING) {
            return direct(type, (value, out) -> {
                JsonText.check((String) value);
                int start = startJson(version, out);
                out.utf8((String) value);
                out.endField(start);
            });
        }
        Schema schema = field instanceof FieldType.Structured structured ? structured.schema() : null;
        if (field instanceof FieldType.Array array) {
            schema = array.schema();
        }
        return direct(type, nested(version, schema));
    }

    private static ColumnCodec nested(boolean version, @Nullable Schema schema) {
        return (value, out) -> {
            int start = startJson(version, out);
            JsonText.write(schema, value, out);
            out.endField(start);
        };
    }

    /** The binary form of jsonb is a version byte and the text. Source: {@code jsonb_recv} in jsonb.c. */
    private static int startJson(boolean version, RowBuffer out) {
        int start = out.startField();
        if (version) {
            out.write(1);
        }
        return start;
    }
}
