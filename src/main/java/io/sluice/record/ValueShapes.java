package io.sluice.record;

import io.sluice.config.FieldConfig;
import io.sluice.config.NullHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Finds the shape of what becomes a row: its fields, or the column of a value without any, or that of a document. */
final class ValueShapes {
    private final String documentColumn;
    private final String wholeColumn;
    private final NullHandling nulls;
    private final PartShapes fields;
    private final LruCache<FieldType, PartShape> whole = new LruCache<>(PartShape::heldBytes);
    private final LruCache<PartShape, PartShape> documents = new LruCache<>(PartShape::heldBytes);
    private @Nullable PartShape lastFields;
    private PartShape lastDocument = PartShape.EMPTY;

    ValueShapes(FieldConfig config, NullHandling nulls) {
        this.documentColumn = config.documentColumn();
        this.wholeColumn = documentColumn.isEmpty() ? config.wholeValueColumn() : documentColumn;
        this.nulls = nulls;
        this.fields = PartShapes.ofValues(config, nulls, this::ofWhole);
    }

    /**
     * The shape of a value.
     *
     * @param schema of the value, which only tells something of a value that is no Struct
     * @param names of its topic
     * @throws RecordException where no column can take it
     */
    PartShape of(Object value, @Nullable Schema schema, ColumnNames names) {
        if (value instanceof Struct || value instanceof Map) {
            PartShape shape = fields.ofFields(schema, value, names.needed());
            return documentColumn.isEmpty() || shape instanceof PartShape.OfWhole
                    ? shape
                    : document(shape, value, schema);
        }
        FieldType type = schema == null ? FieldTypes.ofValue(wholeColumn, value) : FieldTypes.of(schema, nulls);
        if (documentColumn.isEmpty()) {
            requirePlain(type);
        }
        return ofWhole(type);
    }

    /** The shape of one value without fields. */
    private PartShape ofWhole(FieldType type) {
        return whole.computeIfAbsent(
                documentColumn.isEmpty() ? type : documentType(type),
                key -> new PartShape.OfWhole(new Field(wholeColumn, key, false, Field.Role.VALUE)));
    }

    private PartShape document(PartShape shape, Object value, @Nullable Schema schema) {
        if (shape != lastFields) {
            lastDocument = documents.computeIfAbsent(shape, key -> describe(key, value, schema));
            lastFields = shape;
        }
        return lastDocument;
    }

    private PartShape describe(PartShape shape, Object value, @Nullable Schema schema) {
        List<Field> all = new ArrayList<>();
        shape.fields().forEach(field -> all.add(field.withRole(Field.Role.VALUE_CANDIDATE)));
        FieldType type = FieldType.Scalar.DOCUMENT;
        if (value instanceof Struct struct) {
            type = new FieldType.Structured(struct.schema(), nulls);
        } else if (schema != null) {
            type = new FieldType.Structured(schema, nulls);
        }
        all.add(new Field(documentColumn, type, false, Field.Role.VALUE));
        return new PartShape.OfDocument(all, shape);
    }

    /** A text with a schema is a document's text; without one it is a value, as any other. */
    private FieldType documentType(FieldType type) {
        if (type == FieldType.Scalar.STRING) {
            return SemanticType.JSON;
        }
        return type instanceof FieldType.Array array ? new FieldType.Structured(array.schema(), nulls) : type;
    }

    private static void requirePlain(FieldType type) {
        if (type == FieldType.Scalar.DOCUMENT || type instanceof FieldType.Array) {
            throw new RecordException(
                    "the record's value is a list, not a Struct or a map with fields",
                    "Produce one record for each row, or set document.column to store the whole value as jsonb");
        }
    }
}
