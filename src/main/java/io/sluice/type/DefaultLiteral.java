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
    private final ValueConfig config;
    private final TextForms texts;

    public DefaultLiteral(ValueConfig config) {
        this.config = config;
        this.texts = new TextForms(config);
    }

    /**
     * The literal of a default; empty where there is none, or it is nothing that PostgreSQL could store.
     *
     * @param value of the class that the field's type names
     */
    public Optional<String> of(FieldType field, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            String text = form(field).apply(value);
            new RowBuffer(text.length()).utf8(text);
            boolean beforeChrist =
                    text.startsWith("-") && Moment.of(field, config).isPresent() && !text.endsWith("infinity");
            return beforeChrist ? Optional.empty() : Optional.of(quote(text));
        } catch (UnfitValueException | ArithmeticException | ClassCastException | DataException e) {
            // A bad default is no reason to refuse the rows, which have values of their own.
            return Optional.empty();
        }
    }

    private Function<Object, String> form(FieldType field) {
        if (field instanceof FieldType.Array array && !ColumnTypes.isDocument(array)) {
            Function<Object, String> element = form(array.element());
            boolean nested = array.element() instanceof FieldType.Array;
            return value ->
                    array((List<?>) value, each -> nested ? element.apply(each) : inQuotes(element.apply(each)));
        }
        if (Geometries.isVector(field)) {
            return texts.local(field);
        }
        Function<Object, String> text = texts.local(field);
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
