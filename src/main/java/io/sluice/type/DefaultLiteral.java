package io.sluice.type;

import io.sluice.config.ValueConfig;
import io.sluice.record.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Schema defaults as literals of SQL. */
public final class DefaultLiteral {
    private final TextForms texts;

    public DefaultLiteral(ValueConfig config) {
        this.texts = new TextForms(config);
    }

    /**
     * The literal of a default; empty where there is none, or it is nothing that PostgreSQL could store, or
     * nothing that stays the same.
     *
     * @param type of the column that is made for the field
     * @param value of the class that the field's type names
     */
    public Optional<String> of(FieldType field, String type, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            String text = form(field, type).apply(value);
            new RowBuffer(text.length()).utf8(text);
            if (type.startsWith("date") || type.startsWith("time") || type.startsWith("ts")) {
                RelativeTime.refuse(text);
            }
            return Optional.of(quote(text));
        } catch (UnfitValueException | ArithmeticException | ClassCastException | DataException e) {
            // A bad default is no reason to refuse the rows, which have values of their own.
            return Optional.empty();
        }
    }

    private Function<Object, String> form(FieldType field, String type) {
        if (type.endsWith("hstore")) {
            return Hstore.text(field, texts).orElseGet(() -> form(field));
        }
        if (type.endsWith("[]")) {
            return array(field, type.substring(0, type.indexOf('[')));
        }
        // The words of a boolean are no bits.
        return field == FieldType.Scalar.BOOLEAN && type.startsWith("bit")
                ? value -> (Boolean) value ? "1" : "0"
                : form(field);
    }

    /** The text of an array, in braces. */
    private Function<Object, String> array(FieldType field, String type) {
        if (!(field instanceof FieldType.Array array)) {
            // A vector, where the database has no type for it.
            return value -> array((List<?>) value, String::valueOf);
        }
        if (array.element() instanceof FieldType.Array) {
            Function<Object, String> inner = array(array.element(), type);
            return value -> array((List<?>) value, inner);
        }
        Function<Object, String> element = form(array.element(), type);
        return value -> array((List<?>) value, each -> inQuotes(element.apply(each)));
    }

    private Function<Object, String> form(FieldType field) {
        Function<Object, String> text = texts.literal(field);
        return value -> texts.rule().clean(text.apply(value));
    }

    private static String array(List<?> list, Function<Object, String> element) {
        StringBuilder text = new StringBuilder("{");
        for (Object each : list) {
            text.append(text.length() > 1 ? "," : "").append(each == null ? "NULL" : element.apply(each));
        }
        return text.append('}').toString();
    }

    private static String inQuotes(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** In the form that does not depend on {@code standard_conforming_strings}. */
    static String quote(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return quoted.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }
}
