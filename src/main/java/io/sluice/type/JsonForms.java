package io.sluice.type;

import io.sluice.config.NullHandling;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.FieldTypes;
import io.sluice.record.SemanticType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Forms of JSON for fields and for what is nested in them. Bytes become base64; dates, times and intervals ISO 8601;
 * maps objects whose names are their keys as text; decimals numbers with all their digits (and an
 * exponent in place of more than a thousand zeros).
 */
final class JsonForms {
    private final TextForms texts;
    private final TextRule rule;

    JsonForms(TextForms texts, TextRule rule) {
        this.texts = texts;
        this.rule = rule;
    }

    /** The form of a field's values. */
    JsonForm of(FieldType field) {
        return of(field, new IdentityHashMap<>());
    }

    /**
     * The form of a field's values.
     *
     * @param structs forms that are known or in the making, for a schema may hold itself
     */
    private JsonForm of(FieldType field, Map<Schema, JsonForm> structs) {
        if (field instanceof FieldType.Structured structured) {
            return ofSchema(structured.schema(), structured.nulls(), structs);
        }
        if (field instanceof FieldType.Array array) {
            return list(of(array.element(), structs));
        }
        if (field == SemanticType.JSON) {
            return (value, out) -> out.raw(checked((String) value));
        }
        if (field == SemanticType.FLOAT_VECTOR || field == SemanticType.DOUBLE_VECTOR) {
            return list(JsonForms::number);
        }
        if (field == SemanticType.YEAR || field instanceof FieldType.Decimal) {
            return JsonForms::number;
        }
        if (field == SemanticType.VARIABLE_SCALE_DECIMAL) {
            Function<Object, Number> number = Numbers.of(field).orElseThrow();
            return (value, out) -> number(number.apply(value), out);
        }
        return field instanceof Scalar scalar ? ofScalar(scalar) : string(texts.utc(field));
    }

    private JsonForm ofScalar(Scalar field) {
        return switch (field) {
            case BOOLEAN -> (value, out) -> out.raw(value.toString());
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, INTEGER, NUMBER -> JsonForms::number;
            case STRING, JSON_STRING -> (value, out) -> out.string((String) value);
            case BYTES -> (value, out) -> out.base64(Bytes.of(value));
            case DATE, TIME, TIMESTAMP -> string(texts.utc(field));
            case DOCUMENT, NULL -> this::any;
        };
    }

    /** The JSON text that a string holds, as {@code jsonb} takes it. */
    String checked(String text) {
        String clean = rule.clean(text);
        return switch (JsonSyntax.check(clean)) {
            case NONE -> clean;
            case NUL -> JsonSyntax.withoutNul(clean, rule.replacementOrFail());
            case HALF_PAIR ->
                throw new UnfitValueException(
                        "the JSON text holds the escape of half a surrogate pair, which jsonb cannot store",
                        "Correct the producer, or make the column json or text");
        };
    }

    /** The JSON text that a string holds, as {@code json} takes it. */
    static String wellFormed(String text) {
        JsonSyntax.check(text);
        return text;
    }

    private static JsonForm string(Function<Object, String> text) {
        return (value, out) -> out.string(text.apply(value));
    }

    private static JsonForm list(JsonForm element) {
        return (value, out) -> {
            out.open('[');
            boolean first = true;
            for (Object each : (Collection<?>) value) {
                if (!first) {
                    out.symbol(',');
                }
                first = false;
                write(element, each, out);
            }
            out.close(']');
        };
    }

    private static void write(JsonForm form, @Nullable Object value, JsonOutput out) {
        if (value == null) {
            out.raw("null");
        } else {
            form.write(value, out);
        }
    }

    private JsonForm ofSchema(Schema schema, NullHandling nulls, Map<Schema, JsonForm> structs) {
        if (schema.type() == Schema.Type.MAP) {
            Function<Object, String> name = texts.utc(FieldTypes.of(schema.keySchema()));
            return map(name, of(FieldTypes.of(schema.valueSchema(), nulls), structs));
        }
        if (schema.type() == Schema.Type.ARRAY) {
            return list(of(FieldTypes.of(schema.valueSchema(), nulls), structs));
        }
        JsonForm known = structs.get(schema);
        if (known == null) {
            StructForm form = new StructForm(schema.fields(), nulls);
            structs.put(schema, form);
            form.forms = schema.fields().stream()
                    .map(field -> of(FieldTypes.of(field.schema(), nulls), structs))
                    .toList();
            known = form;
        }
        return known;
    }

    private static JsonForm map(Function<Object, String> name, JsonForm element) {
        return (value, out) -> {
            out.open('{');
            boolean first = true;
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                if (!first) {
                    out.symbol(',');
                }
                first = false;
                if (entry.getKey() == null) {
                    throw new UnfitValueException("a nested map has null for a key", "Correct the producer");
                }
                out.string(name.apply(entry.getKey()));
                out.symbol(':');
                write(element, entry.getValue(), out);
            }
            out.close('}');
        };
    }

    private static final class StructForm implements JsonForm {
        private final List<Field> fields;
        private final NullHandling nulls;
        private List<JsonForm> forms = List.of();

        private StructForm(List<Field> fields, NullHandling nulls) {
            this.fields = fields;
            this.nulls = nulls;
        }

        @Override
        public void write(Object value, JsonOutput out) {
            Struct struct = (Struct) value;
            out.open('{');
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) {
                    out.symbol(',');
                }
                out.string(fields.get(i).name());
                out.symbol(':');
                JsonForms.write(forms.get(i), nulls.read(struct, fields.get(i)), out);
            }
            out.close('}');
        }
    }

    private static void number(Object value, JsonOutput out) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new UnfitValueException(
                        "a nested number is NaN or infinite, which JSON has no form for", "Correct the producer");
            }
        }
        if (!(value instanceof Number)) {
            throw new ClassCastException();
        }
        out.raw(value instanceof BigDecimal decimal ? Numbers.json(decimal) : value.toString());
    }

    /** A value without schema. */
    private void any(Object value, JsonOutput out) {
        if (value instanceof Map<?, ?>) {
            map(String::valueOf, this::any).write(value, out);
        } else if (value instanceof Collection<?>) {
            list(this::any).write(value, out);
        } else if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Boolean) {
            out.raw(value.toString());
        } else if (value instanceof Double
                || value instanceof Float
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigDecimal
                || value instanceof BigInteger) {
            number(value, out);
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            out.base64(Bytes.of(value));
        } else if (value instanceof Date) {
            out.string(texts.utc(Scalar.TIMESTAMP).apply(value));
        } else if (value instanceof Struct struct) {
            of(new FieldType.Structured(struct.schema(), NullHandling.DEFAULT_VALUE))
                    .write(value, out);
        } else {
            throw new UnfitValueException(
                    "a nested value is a " + value.getClass().getName() + ", which has no form in JSON",
                    "Use a converter that gives JSON's types or Connect's");
        }
    }
}
