package io.sluice.record;

import io.sluice.config.FieldConfig;
import io.sluice.config.NullHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shape of a record's part: by the identity of its schema, by the schema's content where a converter makes
 * new instances, and for maps by their names and kinds of values.
 *
 * <p>Belongs to the task thread.
 */
final class PartShapes {
    private final Field.Role role;
    private final NullHandling nulls;
    private final EpochFields epochs;
    private final Function<FieldType, PartShape> whole;
    private final LruCache<SchemaIdentity, Known> byIdentity =
            new LruCache<>(known -> MemorySize.ofSchema(known.schema) + known.shape.heldBytes());
    private final LruCache<Schema, PartShape> byContent = new LruCache<>(PartShape::heldBytes);
    private final MapShapes maps;
    private @Nullable Schema lastSchema;
    private PartShape lastShape = PartShape.EMPTY;

    private record Known(Schema schema, PartShape shape) {}

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
     * @param needed the fields that can matter for a row; a map's others are no part of its shape
     * @throws RecordException where it is neither a Struct nor a map
     */
    PartShape ofFields(@Nullable Schema schema, Object part, Predicate<String> needed) {
        if (part instanceof Struct struct) {
            return ofStruct(struct.schema());
        }
        if (part instanceof Map<?, ?> map) {
            return maps.shapeOf(map, needed);
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
        Known known = byIdentity.computeIfAbsent(
                new SchemaIdentity(schema),
                key -> new Known(schema, byContent.computeIfAbsent(schema, this::describe)));
        lastSchema = schema;
        lastShape = known.shape;
        return lastShape;
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
