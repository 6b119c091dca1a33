package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.math.BigDecimal;
import java.util.Date;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Values of the usual types into a row. */
@State(Scope.Thread)
public class CodecBenchmark {
    private static final int VALUES = 1_000;

    @Param
    private Pair pair;

    private final RowBuffer out = new RowBuffer(1 << 20);
    private Object[] values;
    private ColumnCodec codec;

    /** A field and the column that takes it. */
    @SuppressWarnings("ImmutableEnumChecker")
    public enum Pair {
        INT64_INT8(Scalar.INT64, "int8", number -> number << 20),
        INT32_INT4(Scalar.INT32, "int4", number -> (int) number << 10),
        FLOAT64_FLOAT8(Scalar.FLOAT64, "float8", number -> number / 3.0),
        BOOLEAN_BOOL(Scalar.BOOLEAN, "bool", number -> number % 3 == 0),
        STRING_TEXT(Scalar.STRING, "text", number -> "customer " + (1_000_000 + number)),
        STRING_LONG_TEXT(Scalar.STRING, "text", number -> ("customer " + (1_000_000 + number)).repeat(60)),
        STRING_TEXT_LATIN(Scalar.STRING, "text", number -> "größere Stücke " + number),
        STRING_TEXT_GREEK(Scalar.STRING, "text", number -> "πελάτης " + number),
        DECIMAL_NUMERIC(new FieldType.Decimal(2, 12), "numeric", number -> BigDecimal.valueOf(number * 7919, 2)),
        INTEGER_INT8(Scalar.INTEGER, "int8", number -> number << 20),
        NUMBER_NUMERIC(Scalar.NUMBER, "numeric", number -> number * 0.25),
        TIMESTAMP_TIMESTAMPTZ(Scalar.TIMESTAMP, "timestamptz", number -> new Date(1_700_000_000_000L + number)),
        MICROS_TIMESTAMP(SemanticType.MICRO_TIMESTAMP, "timestamp", number -> 1_700_000_000_000_000L + number),
        UUID_UUID(SemanticType.UUID, "uuid", number -> new UUID(number << 40, ~number << 8).toString()),
        JSON_JSONB(SemanticType.JSON, "jsonb", CodecBenchmark::document);

        private final FieldType field;
        private final String column;
        private final LongFunction<Object> value;

        Pair(FieldType field, String column, LongFunction<Object> value) {
            this.field = field;
            this.column = column;
            this.value = value;
        }
    }

    private static String document(long number) {
        return "{\"id\": " + number + ", \"name\": \"customer " + number + "\", \"tags\": [\"a\", \"b\", \"c\"], "
                + "\"address\": {\"street\": \"Long Street\", \"number\": " + number % 100 + ", \"city\": null}}";
    }

    @Setup
    public void start() {
        values = LongStream.range(0, VALUES).mapToObj(pair.value).toArray();
        codec = new ColumnBindings(TypesPage.VALUES)
                .find(pair.field, PgType.builtIn(pair.column))
                .orElseThrow()
                .codec();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public int write() {
        out.clear();
        for (Object value : values) {
            codec.write(value, out);
        }
        return out.length();
    }
}
