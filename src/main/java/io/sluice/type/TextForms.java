package io.sluice.type;

import io.sluice.config.ValueConfig;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values as text: for text columns, for types that have no codec of our own, and nested in JSON. What can be read by
 * PostgreSQL as the type that the text is of, can be.
 */
final class TextForms {
    private static final int FIRST_BYTES = 256;

    private final ValueConfig config;
    private final ZoneId zone;
    private final TextRule rule;

    TextForms(ValueConfig config) {
        this.config = config;
        this.zone = config.zone().normalized();
        this.rule = new TextRule(config.nulCharacters());
    }

    /** Writes the text of a field's values; instants as a clock on the wall shows them. */
    ColumnCodec codec(FieldType field) {
        if (Numbers.isText(field)) {
            return (value, out) -> rule.field((String) value, out);
        }
        if (isNested(field)) {
            JsonForm form = new JsonForms(this, rule).of(field);
            return (value, out) -> {
                int start = out.startField();
                form.write(value, new JsonOutput(out, rule));
                out.endField(start);
            };
        }
        Function<Object, String> form = local(field);
        return (value, out) -> rule.field(form.apply(value), out);
    }

    /** The text of a field's values; instants as a clock on the wall shows them. */
    Function<Object, String> local(FieldType field) {
        return form(field, moment -> TimeText.local(moment, zone));
    }

    /** The text of a field's values, all of which PostgreSQL reads; instants as a clock on the wall shows them. */
    Function<Object, String> literal(FieldType field) {
        Optional<Moment> moment = Moment.of(field, config);
        if (moment.isEmpty()) {
            return local(field);
        }
        // The column of a timestamp with an offset is one of instants, that of others is a clock on the wall.
        Function<Object, String> text =
                field == SemanticType.ZONED_TIMESTAMP || field == SemanticType.STRUCTURED_ZONED_TIMESTAMP
                        ? TimeText.utc(moment.get())
                        : TimeText.local(moment.get(), zone);
        return text.andThen(TimeText::postgres);
    }

    /** The text of a field's values; instants in UTC. */
    Function<Object, String> utc(FieldType field) {
        return form(field, TimeText::utc);
    }

    TextRule rule() {
        return rule;
    }

    private Function<Object, String> form(FieldType field, Function<Moment, Function<Object, String>> moments) {
        if (Numbers.isText(field)) {
            return value -> (String) value;
        }
        if (isNested(field)) {
            return json(field);
        }
        if (field instanceof FieldType.Bits bits) {
            return BitStrings.text(bits);
        }
        if (field == Scalar.BYTES) {
            return TextForms::hex;
        }
        if (field == SemanticType.STRUCTURED_ZONED_TIME || field == SemanticType.STRUCTURED_ZONED_TIMESTAMP) {
            return TimeText.zoned(field);
        }
        Optional<Function<Object, String>> other = Moment.of(field, config)
                .map(moments)
                .or(() -> Intervals.text(field))
                .or(() -> Geometries.text(field))
                .or(() -> numbers(field));
        return other.orElse(Object::toString);
    }

    private static String hex(Object value) {
        byte[] bytes = Bytes.of(value);
        RowBuffer.requireRoom(2L * bytes.length);
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    private static Optional<Function<Object, String>> numbers(FieldType field) {
        if (field == Scalar.BOOLEAN) {
            return Optional.empty();
        }
        return Numbers.of(field).map(number -> value -> {
            Number each = number.apply(value);
            return each instanceof BigDecimal decimal ? Numbers.plain(decimal) : each.toString();
        });
    }

    private static boolean isNested(FieldType field) {
        return field instanceof FieldType.Structured
                || field instanceof FieldType.Array
                || field == Scalar.DOCUMENT
                || Geometries.isVector(field);
    }

    /** Nested values as JSON text. */
    private Function<Object, String> json(FieldType field) {
        JsonForm form = new JsonForms(this, rule).of(field);
        return value -> {
            RowBuffer buffer = new RowBuffer(FIRST_BYTES);
            form.write(value, new JsonOutput(buffer, rule));
            return new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
        };
    }
}
