package io.sluice.type;

import io.sluice.record.ColumnHint;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.util.Optional;

/** Which column type a field gets. */
public final class ColumnTypes {
    private static final int MOST_PRECISION = 1000;
    private static final int MOST_BITS = 83_886_080;

    private final ExtensionTypes extensions;
    private final SourceTypes sources;

    /**
     * @param extensions what the database has beyond PostgreSQL's own types
     */
    public ColumnTypes(ExtensionTypes extensions) {
        this.extensions = extensions;
        this.sources = new SourceTypes(extensions);
    }

    /**
     * The type of a column that is made for the field, as text of SQL; empty where nothing is known of the field, because
     * all its values were null so far.
     *
     * <p>JSON's one number type becomes {@code numeric}, which holds each of them exactly.
     */
    public Optional<String> forField(FieldType field, ColumnHint hint) {
        return sources.find(field, hint).or(() -> forField(field));
    }

    /** The type of a key column that is made for the field: an integer of JSON is an identifier there, not an amount. */
    public Optional<String> forKey(FieldType field, ColumnHint hint) {
        return field == Scalar.INTEGER ? Optional.of("bigint") : forField(field, hint);
    }

    private Optional<String> forField(FieldType field) {
        if (field instanceof FieldType.Decimal decimal) {
            return Optional.of(numeric(decimal.precision(), decimal.scale()));
        }
        if (field instanceof FieldType.Bits bits) {
            boolean fixed = bits.length() > 0 && bits.length() <= MOST_BITS;
            return Optional.of(fixed ? "bit(" + bits.length() + ")" : "bit varying");
        }
        if (field instanceof FieldType.Structured) {
            return Optional.of("jsonb");
        }
        if (field instanceof FieldType.Array array) {
            // PostgreSQL's array types are of any number of dimensions.
            return isDocument(array)
                    ? Optional.of("jsonb")
                    : forField(array.element()).map(type -> type.endsWith("[]") ? type : type + "[]");
        }
        return field instanceof SemanticType semantic ? forSemantic(semantic) : forScalar((Scalar) field);
    }

    /** Whether an array's elements are documents: then all of it is one. */
    static boolean isDocument(FieldType.Array array) {
        return array.element() instanceof FieldType.Structured
                || (array.element() instanceof FieldType.Array inner && isDocument(inner));
    }

    /** The type that holds every number of these digits, without a limit where they are not known. */
    static String numeric(int precision, int scale) {
        return precision > 0 && precision <= MOST_PRECISION && scale >= 0 && scale <= precision
                ? "numeric(" + precision + "," + scale + ")"
                : "numeric";
    }

    private static Optional<String> forScalar(Scalar field) {
        return switch (field) {
            case BOOLEAN -> Optional.of("boolean");
            case INT8, INT16 -> Optional.of("smallint");
            case INT32 -> Optional.of("integer");
            case INT64 -> Optional.of("bigint");
            case FLOAT32 -> Optional.of("real");
            case FLOAT64 -> Optional.of("double precision");
            case STRING, JSON_STRING -> Optional.of("text");
            case BYTES -> Optional.of("bytea");
            case DATE -> Optional.of("date");
            case TIME -> Optional.of("time");
            case TIMESTAMP -> Optional.of("timestamp");
            case INTEGER, NUMBER -> Optional.of("numeric");
            case DOCUMENT -> Optional.of("jsonb");
            case NULL -> Optional.empty();
        };
    }

    private Optional<String> forSemantic(SemanticType field) {
        return switch (field) {
            case DATE, ISO_DATE, STRUCTURED_DATE -> Optional.of("date");
            case TIME, MICRO_TIME, NANO_TIME, ISO_TIME, STRUCTURED_TIME -> Optional.of("time");
            case ZONED_TIME, STRUCTURED_ZONED_TIME -> Optional.of("timetz");
            case TIMESTAMP,
                    MICRO_TIMESTAMP,
                    NANO_TIMESTAMP,
                    ISO_TIMESTAMP,
                    STRUCTURED_TIMESTAMP,
                    EPOCH_MICROS,
                    EPOCH_NANOS -> Optional.of("timestamp");
            case ZONED_TIMESTAMP, STRUCTURED_ZONED_TIMESTAMP -> Optional.of("timestamptz");
            case MICRO_DURATION, NANO_DURATION, INTERVAL, STRUCTURED_DURATION -> Optional.of("interval");
            case YEAR -> Optional.of("integer");
            case JSON -> Optional.of("jsonb");
            case UUID -> Optional.of("uuid");
            case XML -> Optional.of("xml");
            case ENUM, ENUM_SET -> Optional.of("text");
            case TSVECTOR -> Optional.of("tsvector");
            case VARIABLE_SCALE_DECIMAL -> Optional.of("numeric");
            case POINT -> Optional.of("point");
            case LINE -> Optional.of("line");
            case CIRCLE -> Optional.of("circle");
            case LTREE -> extensionOr("ltree", "text");
            case FLOAT_VECTOR -> extensionOr("vector", "real[]");
            case DOUBLE_VECTOR -> extensionOr("vector", "double precision[]");
            case SPARSE_VECTOR -> extensionOr("sparsevec", "jsonb");
            case GEOMETRY -> extensionOr("geometry", "text");
            case GEOGRAPHY -> extensionOr("geography", "text");
        };
    }

    private Optional<String> extensionOr(String extension, String otherwise) {
        return extensions.find(extension).or(() -> Optional.of(otherwise));
    }
}
