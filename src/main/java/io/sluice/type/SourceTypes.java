package io.sluice.type;

import io.sluice.record.ColumnHint;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;

/**
 * Column types that a source has told of, where they say more than the field's own type. A name that is not in these
 * tables says nothing: none ever gets into SQL.
 */
final class SourceTypes {
    private static final int LONGEST_TEXT = 10_485_760;
    private static final int MOST_DIMENSIONS = 16_000;

    /** Types of PostgreSQL whose values come as text. */
    private static final Set<String> TEXTUAL = Set.of(
            "INET",
            "CIDR",
            "MACADDR",
            "MACADDR8",
            "INT4RANGE",
            "INT8RANGE",
            "NUMRANGE",
            "TSRANGE",
            "TSTZRANGE",
            "DATERANGE",
            "INT4MULTIRANGE",
            "INT8MULTIRANGE",
            "NUMMULTIRANGE",
            "TSMULTIRANGE",
            "TSTZMULTIRANGE",
            "DATEMULTIRANGE",
            "TSVECTOR",
            "TSQUERY",
            "JSONPATH",
            "XML",
            "PG_LSN",
            "LINE",
            "LSEG",
            "BOX",
            "PATH",
            "POLYGON",
            "CIRCLE",
            "NUMERIC");

    /** Texts with a length, of PostgreSQL, MySQL, Oracle and SQL Server. */
    private static final Map<String, String> LIMITED = Map.of(
            "VARCHAR", "varchar",
            "VARCHAR2", "varchar",
            "NVARCHAR", "varchar",
            "NVARCHAR2", "varchar",
            "CHARACTER VARYING", "varchar",
            "BPCHAR", "char",
            "CHAR", "char",
            "NCHAR", "char",
            "CHARACTER", "char");

    /** PostgreSQL's own types whose values come as well-known binary. */
    private static final Set<String> SHAPES = Set.of("LSEG", "BOX", "PATH", "POLYGON");

    private static final Set<String> DECIMALS = Set.of("NUMERIC", "DECIMAL", "NUMBER", "DECIMAL UNSIGNED");

    private final ExtensionTypes extensions;

    SourceTypes(ExtensionTypes extensions) {
        this.extensions = extensions;
    }

    /** The type that the source told of, as text of SQL; empty where the field's own type says as much. */
    Optional<String> find(FieldType field, ColumnHint hint) {
        if (hint.type().isEmpty()) {
            return Optional.empty();
        }
        if (field instanceof FieldType.Array array) {
            return elements(array, hint);
        }
        if (field == Scalar.STRING) {
            return ofText(hint);
        }
        if (field instanceof FieldType.Decimal decimal) {
            return ofDecimal(decimal, hint);
        }
        if (field instanceof FieldType.Bits) {
            return hint.type().equals("VARBIT") ? Optional.of(limited("bit varying", hint)) : Optional.empty();
        }
        if (field instanceof FieldType.Structured structured) {
            return structured.schema().type() == Schema.Type.MAP ? extension("HSTORE", hint) : Optional.empty();
        }
        if (field == SemanticType.JSON) {
            return hint.type().equals("JSON") ? Optional.of("json") : extension("HSTORE", hint);
        }
        if (Geometries.isVector(field) || field == SemanticType.SPARSE_VECTOR) {
            return ofVector(hint);
        }
        if (field == SemanticType.GEOMETRY && SHAPES.contains(hint.type())) {
            return Optional.of(hint.type().toLowerCase(Locale.ROOT));
        }
        if (field == Scalar.INT64 && hint.type().equals("OID")) {
            return Optional.of("oid");
        }
        return field == Scalar.BOOLEAN && hint.type().equals("BIT") ? Optional.of("bit(1)") : Optional.empty();
    }

    /** The names that say something, for the documentation. */
    static Stream<String> names() {
        Set<String> others = Set.of(
                "MONEY", "OID", "BIT", "VARBIT", "JSON", "HSTORE", "CITEXT", "LTREE", "VECTOR", "HALFVEC", "SPARSEVEC");
        return Stream.of(TEXTUAL, LIMITED.keySet(), DECIMALS, others)
                .flatMap(Set::stream)
                .distinct()
                .sorted();
    }

    private Optional<String> elements(FieldType.Array array, ColumnHint hint) {
        FieldType element = array.element();
        while (element instanceof FieldType.Array inner) {
            element = inner.element();
        }
        return find(element, hint.ofElements()).map(type -> type + "[]");
    }

    private Optional<String> ofText(ColumnHint hint) {
        if (TEXTUAL.contains(hint.type())) {
            return Optional.of(hint.type().toLowerCase(Locale.ROOT));
        }
        String limited = LIMITED.get(hint.type());
        if (limited != null && hint.length() > 0 && hint.length() <= LONGEST_TEXT) {
            return Optional.of(limited(limited, hint));
        }
        return extension("CITEXT", hint).or(() -> extension("LTREE", hint)).or(() -> extension("HSTORE", hint));
    }

    private static Optional<String> ofDecimal(FieldType.Decimal decimal, ColumnHint hint) {
        if (hint.type().equals("MONEY")) {
            return Optional.of("money");
        }
        return DECIMALS.contains(hint.type()) && decimal.precision() == 0 && hint.scale() == decimal.scale()
                ? Optional.of(ColumnTypes.numeric(hint.length(), hint.scale()))
                : Optional.empty();
    }

    private Optional<String> ofVector(ColumnHint hint) {
        return extension("VECTOR", hint)
                .or(() -> extension("HALFVEC", hint))
                .or(() -> extension("SPARSEVEC", hint))
                .map(type -> hint.length() <= MOST_DIMENSIONS ? limited(type, hint) : type);
    }

    private Optional<String> extension(String type, ColumnHint hint) {
        return hint.type().equals(type) ? extensions.find(type.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static String limited(String type, ColumnHint hint) {
        return hint.length() > 0 && hint.length() <= LONGEST_TEXT ? type + "(" + hint.length() + ")" : type;
    }
}
