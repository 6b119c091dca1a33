package io.sluice.type;

import io.sluice.config.ValueConfig;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decides how a field's values get into a column: in the column's own binary form where there is a codec for it,
 * otherwise as text that PostgreSQL casts. Immutable.
 */
public final class ColumnBindings {
    /** Types of text, whose binary form is that of text. */
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name");

    /** Types that NULL is written in as they are. */
    private static final Set<String> BINARY = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "bytea",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "uuid",
            "json",
            "jsonb");

    /** Types whose text is of dates and times, of one or of several. */
    private static final Set<String> TEMPORAL = Set.of(
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "daterange",
            "tsrange",
            "tstzrange",
            "datemultirange",
            "tsmultirange",
            "tstzmultirange");

    private static final int LONGEST_NAME_BYTES = 63;

    private final ValueConfig config;
    private final ZoneId zone;
    private final TextForms texts;
    private final ArrayBindings arrays;

    public ColumnBindings(ValueConfig config) {
        this.config = config;
        this.zone = config.zone().normalized();
        this.texts = new TextForms(config);
        this.arrays = new ArrayBindings(this, texts);
    }

    /** The binding; empty where the column can hold no value of that field. */
    public Optional<ColumnBinding> find(FieldType field, PgType column) {
        if (field == Scalar.NULL) {
            return Optional.of(ofNull(column));
        }
        if (column.elementType().isPresent()) {
            return arrays.find(field, column, column.elementType().get());
        }
        return (column.builtIn() ? builtIn(field, column) : extension(field, column))
                .map(binding -> fixed(binding, field, column));
    }

    /** The binding without texts whose meaning depends on when PostgreSQL reads them. */
    ColumnBinding fixed(ColumnBinding binding, FieldType field, PgType column) {
        boolean text = Numbers.isText(field) || field == Scalar.DOCUMENT;
        return binding.cast() && text ? textCheck(column).map(binding::checking).orElse(binding) : binding;
    }

    private Optional<Consumer<String>> textCheck(PgType column) {
        PgType type = column.elementType().orElse(column);
        if (!type.builtIn() || !TEMPORAL.contains(type.name())) {
            return type.temporal() ? Optional.of(RelativeTime::refuseAlone) : Optional.empty();
        }
        boolean offset = "timetz".equals(column.name()) && !(zone instanceof ZoneOffset);
        return Optional.of(
                offset
                        ? text -> {
                            RelativeTime.refuse(text);
                            RelativeTime.refuseWithoutOffset(text);
                        }
                        : RelativeTime::refuse);
    }

    /** The binding of a column that always gets NULL, in the form that values of the column usually have. */
    public ColumnBinding ofNull(PgType column) {
        ColumnCodec none = (value, out) -> out.nullField();
        if (column.builtIn() && TEXTS.contains(column.name())) {
            return ColumnBinding.direct("text", none);
        }
        return column.builtIn() && BINARY.contains(column.name())
                ? ColumnBinding.direct(column.name(), none)
                : ColumnBinding.casting(none);
    }

    /** The form of texts that need no cast, for a field and a column whose binding has one; empty where there is none. */
    public Optional<CommonForm> commonForm(FieldType field, PgType column) {
        boolean text = field == Scalar.STRING || field == Scalar.JSON_STRING;
        return text && column.builtIn() ? CommonForm.of(column.name()) : Optional.empty();
    }

    private Optional<ColumnBinding> builtIn(FieldType field, PgType column) {
        return switch (column.name()) {
            case "bool" -> bool(field);
            case "int2", "int4", "int8" -> NumberBindings.integer(column.name(), field);
            case "float4", "float8" -> NumberBindings.floating(column.name(), field);
            case "numeric" -> NumberBindings.numeric(field);
            case "money" -> money(field);
            case "text", "varchar", "bpchar" -> direct("text", texts.codec(field));
            case "name" -> direct("text", name(texts.codec(field)));
            case "bytea" ->
                field == Scalar.BYTES || field instanceof FieldType.Bits
                        ? direct("bytea", Bytes::field)
                        : fromString(field);
            case "date", "time", "timetz", "timestamp", "timestamptz" -> temporal(column.name(), field);
            case "interval" ->
                Intervals.codec(field)
                        .map(codec -> ColumnBinding.direct("interval", codec))
                        .or(() -> fromString(field));
            case "uuid" -> Numbers.isText(field) ? direct("uuid", UuidFormat::write) : Optional.empty();
            case "json", "jsonb" -> Optional.of(json(column.name(), field));
            case "bit", "varbit" -> bits(field, column);
            case "point" -> field == SemanticType.POINT ? direct("point", Geometries::point) : fromString(field);
            case "line", "lseg", "box", "path", "polygon", "circle" ->
                NativeGeometries.text(column.name(), field).map(this::casting).or(() -> fromString(field));
            default -> fromScalar(field);
        };
    }

    /** Types of extensions and of users: text that PostgreSQL casts. */
    private Optional<ColumnBinding> extension(FieldType field, PgType column) {
        return switch (column.name()) {
            case "hstore" -> Hstore.text(field, texts).map(this::casting).or(() -> fromString(field));
            case "geometry", "geography" ->
                Geometries.isGeometric(field) ? Optional.of(casting(Geometries::ewkb)) : fromString(field);
            case "vector", "halfvec" ->
                isList(field) ? Optional.of(ColumnBinding.casting(texts.codec(field))) : fromString(field);
            case "sparsevec" ->
                field == SemanticType.SPARSE_VECTOR
                        ? Optional.of(ColumnBinding.casting(texts.codec(field)))
                        : fromString(field);
            case "ltree" -> fromString(field);
            case "citext" -> Optional.of(ColumnBinding.casting(texts.codec(field)));
            default ->
                field instanceof FieldType.Structured
                        ? Optional.empty()
                        : Optional.of(ColumnBinding.casting(texts.codec(field)));
        };
    }

    /** Whether the JSON text of a value is the text of a vector. */
    private static boolean isList(FieldType field) {
        return Geometries.isVector(field) || field == Scalar.DOCUMENT || field instanceof FieldType.Array;
    }

    private ColumnBinding casting(Function<Object, String> text) {
        TextRule rule = texts.rule();
        return ColumnBinding.casting((value, out) -> rule.field(text.apply(value), out));
    }

    private static Optional<ColumnBinding> direct(String wireType, ColumnCodec codec) {
        return Optional.of(ColumnBinding.direct(wireType, codec));
    }

    /** A string may hold the text of anything. */
    private Optional<ColumnBinding> fromString(FieldType field) {
        return Numbers.isText(field) ? Optional.of(ColumnBinding.casting(texts.codec(field))) : Optional.empty();
    }

    /** Other types may be made of the text of a number or a boolean as well. */
    private Optional<ColumnBinding> fromScalar(FieldType field) {
        return Numbers.isNumber(field) || field == Scalar.BOOLEAN
                ? Optional.of(ColumnBinding.casting(texts.codec(field)))
                : fromString(field);
    }

    private Optional<ColumnBinding> bool(FieldType field) {
        if (field == Scalar.BOOLEAN) {
            return direct("bool", (value, out) -> out.booleanField((Boolean) value));
        }
        return Numbers.isInteger(field)
                ? direct("bool", (value, out) -> out.booleanField(Numbers.flag((Number) value)))
                : fromString(field);
    }

    /** Whether the text of an amount has a point or a comma depends on the server; a number's cast does not. */
    private Optional<ColumnBinding> money(FieldType field) {
        if (Numbers.isText(field)) {
            return fromString(field);
        }
        return Numbers.of(field)
                .map(number -> new ColumnBinding(
                        (value, out) -> Numbers.numeric(number.apply(value), out), "numeric", true, false));
    }

    /** PostgreSQL cuts names off in silence. */
    private static ColumnCodec name(ColumnCodec text) {
        return (value, out) -> {
            int start = out.length();
            text.write(value, out);
            if (out.length() - start - Integer.BYTES > LONGEST_NAME_BYTES) {
                throw new UnfitValueException(
                        "the text is longer than the " + LONGEST_NAME_BYTES + " bytes of a name",
                        "Make the column text");
            }
        };
    }

    private Optional<ColumnBinding> temporal(String type, FieldType field) {
        return Moment.of(field, config)
                .flatMap(moment -> Temporals.codec(type, moment, zone))
                .or(() -> "timetz".equals(type) ? Temporals.zonedTime(field) : Optional.empty())
                .map(codec -> ColumnBinding.direct(type, codec))
                .or(() -> fromString(field));
    }

    private Optional<ColumnBinding> bits(FieldType field, PgType column) {
        if (field instanceof FieldType.Bits bits) {
            return direct("varbit", BitStrings.codec(bits, column));
        }
        return field == Scalar.BOOLEAN ? Optional.of(casting(value -> (Boolean) value ? "1" : "0")) : fromString(field);
    }

    /** The binary form of jsonb is a version byte and the text. Source: {@code jsonb_recv} in jsonb.c. */
    private ColumnBinding json(String type, FieldType field) {
        TextRule rule = texts.rule();
        boolean version = "jsonb".equals(type);
        JsonForms forms = new JsonForms(texts, rule);
        JsonForm form;
        if (field != Scalar.STRING && field != SemanticType.JSON) {
            form = forms.of(field);
        } else if (version) {
            form = (value, out) -> out.raw(forms.checked((String) value));
        } else {
            form = (value, out) -> out.raw(JsonForms.wellFormed(rule.clean((String) value)));
        }
        return ColumnBinding.direct(type, (value, out) -> {
            int start = out.startField();
            if (version) {
                out.write(1);
            }
            form.write(value, new JsonOutput(out, rule));
            out.endField(start);
        });
    }
}
