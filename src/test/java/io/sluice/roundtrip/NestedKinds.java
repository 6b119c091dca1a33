package io.sluice.roundtrip;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Arrays, maps, Structs and JSON. */
final class NestedKinds {
    private static final Schema DAY =
            DebeziumKinds.named(SchemaBuilder.int32().optional(), "time.Date").build();

    private NestedKinds() {}

    static List<Kind> documents() {
        Kind json =
                Kind.of(() -> DebeziumKinds.named(SchemaBuilder.string(), "data.Json"), "jsonb", NestedKinds::jsonText);
        Kind map = Kind.of(
                () -> SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA), "jsonb", random -> {
                    Map<String, @Nullable String> value = texts(random);
                    return JsonTree.sample(value, value);
                });
        Kind hstore = Kind.of(
                        () -> SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                                .parameter("__debezium.source.column.type", "HSTORE"),
                        "hstore",
                        random -> {
                            Map<String, @Nullable String> value = texts(random);
                            return JsonTree.sample(value, value);
                        })
                .readAs("hstore_to_json(%s)::text");
        Kind jsonHstore = Kind.of(
                        () -> DebeziumKinds.named(SchemaBuilder.string(), "data.Json")
                                .parameter("__debezium.source.column.type", "HSTORE"),
                        "hstore",
                        random -> {
                            Map<String, @Nullable String> value = texts(random);
                            return JsonTree.sample(JsonTree.text(value), value);
                        })
                .readAs("hstore_to_json(%s)::text");
        Kind numbers = Kind.of(() -> SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.FLOAT32_SCHEMA), "jsonb", random -> {
            int key = random.nextInt();
            float value = (float) random.nextGaussian();
            return JsonTree.sample(Map.of(key, value), Map.of(String.valueOf(key), value));
        });
        Kind struct = Kind.structured(NestedKinds::inner, "jsonb", NestedKinds::struct);
        Kind structs = Kind.structured(() -> SchemaBuilder.array(inner().build()), "jsonb", (random, schema) -> {
            List<Object> value = new ArrayList<>();
            List<@Nullable Object> tree = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                Struct each = new Struct(schema.valueSchema());
                tree.add(fill(random, each));
                value.add(each);
            }
            return JsonTree.sample(value, tree);
        });
        return List.of(
                json,
                json.into("json"),
                json.into("text"),
                map,
                map.into("text"),
                map.into("json"),
                hstore,
                jsonHstore,
                numbers,
                struct,
                struct.into("text"),
                structs);
    }

    /** Arrays of one or two dimensions of each kind. */
    static List<Kind> arrays(List<Kind> elements) {
        List<Kind> kinds = new ArrayList<>();
        for (Kind element : elements) {
            boolean list = element.schema().get().type() == Schema.Type.ARRAY;
            if (!list && !element.isMadeByHand() && element.query().equals("%s::text")) {
                kinds.add(array(element, 1));
                kinds.add(array(element, 2));
            }
        }
        return kinds;
    }

    private static Kind array(Kind element, int dimensions) {
        String query = "CASE WHEN %1$s IS NOT NULL THEN coalesce(array_dims(%1$s), '') || "
                + "(SELECT coalesce(json_agg(e::text ORDER BY i), '[]')::text"
                + " FROM unnest(%1$s) WITH ORDINALITY AS u (e, i)) END";
        Kind.Samples samples = (random, schema) -> {
            int rows = dimensions == 1 ? 1 : 1 + random.nextInt(3);
            int columns = dimensions == 1 ? random.nextInt(4) : 1 + random.nextInt(3);
            Schema inner = dimensions == 1
                    ? schema.valueSchema()
                    : schema.valueSchema().valueSchema();
            List<List<@Nullable Object>> value = new ArrayList<>();
            List<@Nullable Sample> flat = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                List<@Nullable Object> each = new ArrayList<>();
                for (int column = 0; column < columns; column++) {
                    Sample sample =
                            random.nextInt(5) == 0 ? null : element.samples().make(random, inner);
                    flat.add(sample);
                    each.add(sample == null ? null : sample.value());
                }
                value.add(each);
            }
            String size = columns == 0 ? "" : (dimensions == 1 ? "" : "[1:" + rows + "]") + "[1:" + columns + "]";
            return new Sample(
                    dimensions == 1 ? value.get(0) : value,
                    size
                            + flat.stream()
                                    .map(each -> each == null ? "null" : each.expected())
                                    .toList(),
                    text -> text.startsWith(size + "[") && holdsAll(text.substring(size.length()), flat));
        };
        return new Kind(
                "array of " + element.name(),
                () -> {
                    Schema inner = element.schema().get().optional().build();
                    return SchemaBuilder.array(
                            dimensions == 1 ? inner : SchemaBuilder.array(inner).build());
                },
                "_" + element.made(),
                "",
                query,
                samples);
    }

    private static boolean holdsAll(String json, List<@Nullable Sample> samples) {
        List<?> read = (List<?>) Objects.requireNonNull(JsonTree.parse(json));
        if (read.size() != samples.size()) {
            return false;
        }
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Object text = read.get(i);
            if (sample == null ? text != null : text == null || !sample.holds().test((String) text)) {
                return false;
            }
        }
        return true;
    }

    private static Sample jsonText(Random random) {
        Object tree = JsonTree.random(random, 0);
        return JsonTree.sample(JsonTree.text(tree), tree);
    }

    private static Map<String, @Nullable String> texts(Random random) {
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(Texts.any(random), random.nextInt(4) == 0 ? null : Texts.any(random));
        }
        return map;
    }

    private static SchemaBuilder inner() {
        return SchemaBuilder.struct()
                .field("a \"name\"", Schema.OPTIONAL_STRING_SCHEMA)
                .field("n", Decimal.builder(3).optional().build())
                .field("b", Schema.OPTIONAL_BYTES_SCHEMA)
                .field("d", DAY)
                .field("l", SchemaBuilder.array(Schema.OPTIONAL_INT8_SCHEMA).build());
    }

    private static Sample struct(Random random, Schema schema) {
        Struct value = new Struct(schema);
        return JsonTree.sample(value, fill(random, value));
    }

    private static Map<String, @Nullable Object> fill(Random random, Struct value) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        String text = random.nextInt(4) == 0 ? null : Texts.any(random);
        BigDecimal number = new BigDecimal(new BigInteger(90, random), 3);
        byte[] bytes = Texts.any(random).getBytes(StandardCharsets.UTF_8);
        int day = random.nextInt(40_000);
        List<@Nullable Byte> list = new ArrayList<>();
        list.add((byte) random.nextInt());
        list.add(null);
        value.put("a \"name\"", text)
                .put("n", number)
                .put("b", bytes)
                .put("d", day)
                .put("l", list);
        tree.put("a \"name\"", text);
        tree.put("n", number);
        tree.put("b", Base64.getEncoder().encodeToString(bytes));
        tree.put("d", LocalDate.ofEpochDay(day).toString());
        tree.put("l", list);
        return tree;
    }
}
