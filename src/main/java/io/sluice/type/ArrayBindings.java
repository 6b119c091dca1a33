package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.util.List;
import java.util.Optional;

/** Decides how a field's values get into a column of arrays. */
final class ArrayBindings {
    /** Where each value decides how many lists are in one another. */
    private static final int ANY_DEPTH = 0;

    private final ColumnBindings elements;
    private final TextForms texts;

    ArrayBindings(ColumnBindings elements, TextForms texts) {
        this.elements = elements;
        this.texts = texts;
    }

    /** The binding; empty where the column can hold no value of that field. */
    Optional<ColumnBinding> find(FieldType field, PgType column, PgType element) {
        if (element.domain() && element.limited()) {
            // Only an outright cast gets there, and that cuts what is too long in silence.
            return Optional.empty();
        }
        if (Numbers.isText(field)) {
            // The text of an array, as PostgreSQL writes it.
            return Optional.of(elements.fixed(ColumnBinding.casting(texts.codec(field)), field, column));
        }
        if (field == Scalar.DOCUMENT) {
            return Optional.of(ofDocument(element));
        }
        if (field == SemanticType.FLOAT_VECTOR || field == SemanticType.DOUBLE_VECTOR) {
            Scalar number = field == SemanticType.FLOAT_VECTOR ? Scalar.FLOAT32 : Scalar.FLOAT64;
            return elements.find(number, element).map(binding -> array(binding, element, 1));
        }
        int depth = 0;
        FieldType inner = field;
        while (inner instanceof FieldType.Array array) {
            depth++;
            inner = array.element();
        }
        int found = depth;
        return depth == 0
                ? Optional.empty()
                : elements.find(inner, element).map(binding -> array(binding, element, found));
    }

    private static ColumnBinding array(ColumnBinding element, PgType column, int depth) {
        // All types of text have the same form, and an array has to name its own.
        String wireType = !element.cast() && "text".equals(element.wireType()) ? column.name() : element.wireType();
        ColumnCodec codec = ArrayCodec.of(element.codec(), wireType, depth);
        return new ColumnBinding(codec, WireTypes.array(wireType), element.cast(), false);
    }

    /** Elements without schema are of any kind, so they go as text that PostgreSQL casts. */
    private ColumnBinding ofDocument(PgType element) {
        if (element.builtIn() && element.name().startsWith("json")) {
            return elements.find(Scalar.DOCUMENT, element)
                    .map(binding -> array(binding, element, ANY_DEPTH))
                    .orElseThrow();
        }
        ColumnCodec string = texts.codec(Scalar.JSON_STRING);
        ColumnCodec document = texts.codec(Scalar.DOCUMENT);
        ColumnCodec any = (value, out) -> (value instanceof String ? string : document).write(value, out);
        ColumnBinding each = elements.fixed(ColumnBinding.casting(any), Scalar.DOCUMENT, element);
        ColumnCodec codec = ArrayCodec.of(each.codec(), "text", ANY_DEPTH);
        return new ColumnBinding((value, out) -> codec.write((List<?>) value, out), "_text", true, false);
    }
}
