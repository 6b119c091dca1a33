package io.sluice.type;

import io.sluice.record.FieldType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.function.Function;

/** Values as the text that PostgreSQL reads: for text columns, and for types that have no codec of our own. */
final class TextForms {
    private TextForms() {}

    /** Writes the text form of a field's values. */
    static ColumnCodec codec(FieldType field, ZoneId zone) {
        if (field == FieldType.Scalar.STRING || field == FieldType.Scalar.JSON_STRING) {
            return TextForms::field;
        }
        Function<Object, String> form = form(field, zone);
        return (value, out) -> field(form.apply(value), out);
    }

    private static void field(Object value, RowBuffer out) {
        int start = out.startField();
        out.utf8((String) value);
        out.endField(start);
    }

    private static Function<Object, String> form(FieldType field, ZoneId zone) {
        if (field instanceof FieldType.Decimal) {
            return value -> ((BigDecimal) value).toPlainString();
        }
        if (field instanceof FieldType.Structured structured) {
            return value -> JsonText.text(structured.schema(), value);
        }
        if (field instanceof FieldType.Array array) {
            return value -> JsonText.text(array.schema(), value);
        }
        if (!(field instanceof FieldType.Scalar scalar)) {
            return value -> JsonText.text(null, value);
        }
        return switch (scalar) {
            case BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, JSON_STRING, NULL -> Object::toString;
            case INTEGER, NUMBER ->
                value -> value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
            case BYTES -> TextForms::hex;
            case DATE -> value -> local(value, ZoneOffset.UTC).toLocalDate().toString();
            case TIME -> value -> local(value, ZoneOffset.UTC).toLocalTime().toString();
            case TIMESTAMP -> value -> local(value, zone).toString();
            case DOCUMENT -> value -> JsonText.text(null, value);
        };
    }

    private static LocalDateTime local(Object value, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(((Date) value).getTime()), zone);
    }

    private static String hex(Object value) {
        byte[] bytes = value instanceof ByteBuffer buffer ? Bytes.copy(buffer) : (byte[]) value;
        return "\\x" + HexFormat.of().formatHex(bytes);
    }
}
