package io.sluice.record;

import io.sluice.config.FieldConfig;
import io.sluice.config.NullHandling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shape of a record's part: by the identity of its schema, by the schema's content where a converter makes
 * new instances, and for maps by their names and kinds of values.
 *
 * <p>Belongs to the task thread. What it holds is bounded: a topic that brings ever new shapes makes it start over.
 */
final class PartShapes {
    static final int MOST_SCHEMAS = 4096;

    private final Field.Role role;
    private final NullHandling nulls;
    private final EpochFields epochs;
    private final Function<FieldType, PartShape> whole;
    private final IdentityHashMap<Schema, PartShape> byIdentity = new IdentityHashMap<>();
    private final Map<Schema, PartShape> byContent = new HashMap<>();
    private final MapShapes maps;
    private @Nullable Schema lastSchema;
    private PartShape lastShape = PartShape.EMPTY;

    private PartShapes(Field.Role role, NullHandling nulls, EpochFields epochs, Function<FieldType, PartShape> whole) {
        this.role = role;
        this.nulls = nulls;
        this.epochs = epochs;
        this.whole = whole;
        this.maps = new MapShapes(role, epochs);
    }

    /**
     * Of record keys: a part of a key is never null where it has a default.
     *
     * @param whole the shape of a Struct that is one value, such as a decimal of variable scale
     */
    static PartShapes ofKeys(Field.Role role, Function<FieldType, PartShape> whole) {
        return new PartShapes(role, NullHandling.DEFAULT_VALUE, EpochFields.NONE, whole);
    }

    /**
     * Of record values.
     *
     * @param whole the shape of a Struct that is one value
     */
    static PartShapes ofValues(FieldConfig config, NullHandling nulls, Function<FieldType, PartShape> whole) {
        return new PartShapes(Field.Role.VALUE, nulls, EpochFields.of(config), whole);
    }

    /**
     * The shape of a part with fields.
     *
     * @throws RecordException where it is neither a Struct nor a map
     */
    PartShape ofFields(@Nullable Schema schema, Object part) {
        if (part instanceof Struct struct) {
            return ofStruct(struct.schema());
        }
        if (part instanceof Map<?, ?> map) {
            return maps.shapeOf(map);
        }
        throw new RecordException(
                "the record's " + (role == Field.Role.VALUE ? "value" : "key") + " is "
                        + (schema == null ? part.getClass().getSimpleName() : schema.type())
                        + ", not a Struct or a map",
                "Choose a converter that gives fields, for JSON without schemas for example "
                        + "value.converter=org.apache.kafka.connect.json.JsonConverter with "
                        + "value.converter.schemas.enable=false");
    }

    private PartShape ofStruct(Schema schema) {
        if (schema == lastSchema) {
            return lastShape;
        }
        PartShape shape = byIdentity.get(schema);
        if (shape == null) {
            if (byIdentity.size() >= MOST_SCHEMAS) {
                byIdentity.clear();
                byContent.clear();
            }
            shape = byContent.computeIfAbsent(schema, this::describe);
            byIdentity.put(schema, shape);
        }
        lastSchema = schema;
        lastShape = shape;
        return shape;
    }

    private PartShape describe(Schema schema) {
        Optional<SemanticType> meaning = SemanticType.of(schema);
        if (meaning.isPresent()) {
            return whole.apply(meaning.get());
        }
        List<Field> fields = new ArrayList<>();
        for (org.apache.kafka.connect.data.Field field : schema.fields()) {
            boolean required = !field.schema().isOptional();
            String name = ColumnHint.restoredName(field);
            fields.add(new Field(
                    name,
                    epochs.typeOf(name, FieldTypes.of(field.schema(), nulls)),
                    required,
                    role,
                    ColumnHint.of(field.schema())));
        }
        return new PartShape.OfStruct(fields, schema.fields(), nulls);
    }
}
