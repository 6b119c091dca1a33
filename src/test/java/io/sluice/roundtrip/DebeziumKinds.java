package io.sluice.roundtrip;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Debezium's semantic types, but for its temporals. */
final class DebeziumKinds {
    private DebeziumKinds() {}

    static SchemaBuilder named(SchemaBuilder schema, String name) {
        return schema.name("io.debezium." + name).version(1);
    }

    /** Kinds whose values are no arrays and hold nothing nested. */
    static List<Kind> scalars() {
        Kind uuid = string("Uuid", "uuid", random -> {
            String text = new UUID(random.nextLong(), random.nextLong()).toString();
            return Sample.text(random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT), text);
        });
        Kind color = string("Enum", "text", random -> same(Texts.pick(random, List.of("Red", "it's", "bl\"ue", "日本"))));
        Kind variable = Kind.structured(DebeziumKinds::variable, "numeric", (random, schema) -> {
            BigDecimal value = new BigDecimal(new BigInteger(1 + random.nextInt(200), random), random.nextInt(60) - 5);
            return Sample.text(
                    new Struct(schema)
                            .put("scale", value.scale())
                            .put("value", value.unscaledValue().toByteArray()),
                    value.toPlainString());
        });
        Kind point = Kind.structured(DebeziumKinds::point, "point", (random, schema) -> {
            double x = random.nextGaussian() * 1e9;
            double y = random.nextInt(5) == 0 ? 0 : 1 / random.nextGaussian();
            return new Sample(
                    new Struct(schema).put("x", x).put("y", y), "(" + x + "," + y + ")", text -> isPoint(text, x, y));
        });
        return List.of(
                uuid,
                uuid.into("text").readAs("lower(%s)"),
                color,
                color.into("\"Mood's \"\"Type\""),
                string("EnumSet", "text", random -> same(Texts.pick(random, List.of("", "a", "a,b", "x,y,z")))),
                string("Xml", "xml", random -> same("<a b=\"1\">" + random.nextInt() + "<!-- ' --></a>")),
                string("Ltree", "ltree", random -> same("Top.a_" + random.nextInt(99) + ".Under")),
                string("Tsvector", "tsvector", random -> same("'a b' 'c''d':1A,3 'zz':" + (2 + random.nextInt(9)))),
                variable,
                variable.into("text"),
                point,
                bits(1),
                bits(7),
                bits(8),
                bits(64),
                bits(83).into("bit varying(83)"),
                bits(9).into("bit(9)"),
                floats("FloatVector", SchemaBuilder.array(Schema.FLOAT32_SCHEMA), "_float4"),
                floats("DoubleVector", SchemaBuilder.array(Schema.FLOAT64_SCHEMA), "_float8"));
    }

    private static Kind string(String name, String made, Function<Random, Sample> samples) {
        return Kind.of(() -> named(SchemaBuilder.string(), "data." + name), made, samples);
    }

    static Sample same(String text) {
        return Sample.text(text, text);
    }

    private static boolean isPoint(String text, double x, double y) {
        String[] parts = text.substring(1, text.length() - 1).split(",", -1);
        return Double.parseDouble(parts[0]) == x && Double.parseDouble(parts[1]) == y;
    }

    private static Kind bits(int length) {
        Supplier<SchemaBuilder> schema =
                () -> named(SchemaBuilder.bytes(), "data.Bits").parameter("length", String.valueOf(length));
        return Kind.of(schema, "bit", random -> {
            StringBuilder text = new StringBuilder();
            byte[] bytes = new byte[(length + 7) / 8];
            for (int i = length - 1; i >= 0; i--) {
                boolean one = random.nextBoolean();
                text.append(one ? '1' : '0');
                bytes[i / 8] |= (byte) ((one ? 1 : 0) << (i % 8));
            }
            return Sample.text(bytes, text.toString());
        });
    }

    private static Kind floats(String name, SchemaBuilder array, String made) {
        boolean single = array.valueSchema().type() == Schema.Type.FLOAT32;
        return Kind.of(() -> named(SchemaBuilder.array(array.valueSchema()), "data." + name), made, random -> {
            double[] values = DoubleStream.generate(() -> (double) (float) random.nextGaussian())
                    .limit(random.nextInt(5))
                    .toArray();
            List<Object> boxed = DoubleStream.of(values)
                    .mapToObj(each -> single ? (Object) (float) each : (Object) each)
                    .collect(Collectors.toList());
            return new Sample(boxed, boxed.toString(), text -> {
                String inner = text.substring(1, text.length() - 1);
                double[] read = inner.isEmpty()
                        ? new double[0]
                        : Stream.of(inner.split(","))
                                .mapToDouble(part -> single ? Float.parseFloat(part) : Double.parseDouble(part))
                                .toArray();
                return Arrays.equals(read, values);
            });
        });
    }

    private static SchemaBuilder variable() {
        return named(SchemaBuilder.struct(), "data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA);
    }

    private static SchemaBuilder point() {
        return named(SchemaBuilder.struct(), "data.geometry.Point")
                .field("x", Schema.FLOAT64_SCHEMA)
                .field("y", Schema.FLOAT64_SCHEMA)
                .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA);
    }
}
