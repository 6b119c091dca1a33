package io.sluice.roundtrip;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Connect's own types. */
final class ConnectKinds {
    private static final long DAY_MILLIS = 86_400_000L;
    /** The span in which PostgreSQL's timestamps are. */
    private static final long FIRST_MILLIS = -210_866_803_200_000L;

    private static final long LAST_MILLIS = 9_223_000_000_000_000L;

    private ConnectKinds() {}

    /** Kinds whose values are no arrays and hold nothing nested. */
    static List<Kind> scalars(ZoneId zone) {
        Kind int8 = Kind.of(SchemaBuilder::int8, "int2", integer(8, n -> n.byteValue()));
        Kind int16 = Kind.of(SchemaBuilder::int16, "int2", integer(16, n -> n.shortValue()));
        Kind int32 = Kind.of(SchemaBuilder::int32, "int4", integer(32, n -> n.intValue()));
        Kind int64 = Kind.of(SchemaBuilder::int64, "int8", integer(64, n -> n.longValue()));
        Kind float32 = Kind.of(SchemaBuilder::float32, "float4", ConnectKinds::float32);
        Kind float64 = Kind.of(SchemaBuilder::float64, "float8", ConnectKinds::float64);
        Kind string = Kind.of(SchemaBuilder::string, "text", random -> {
            String text = Texts.any(random);
            return Sample.text(text, text);
        });
        Kind bytes = Kind.of(SchemaBuilder::bytes, "bytea", ConnectKinds::bytes);
        Kind decimal = Kind.of(() -> Decimal.builder(4), "numeric", random -> decimal(random, 4, 300));
        Kind whole = Kind.of(() -> Decimal.builder(0), "numeric", random -> decimal(random, 0, 100));
        Kind tens = Kind.of(() -> Decimal.builder(-3), "numeric", random -> decimal(random, -3, 60));
        Kind price = Kind.of(
                () -> Decimal.builder(2).parameter("connect.decimal.precision", "12"),
                "numeric",
                random -> decimal(random, 2, 39));
        Kind bool = Kind.of(SchemaBuilder::bool, "bool", random -> {
            boolean value = random.nextBoolean();
            return Sample.text(value, String.valueOf(value));
        });
        Kind date = Kind.of(org.apache.kafka.connect.data.Date::builder, "date", ConnectKinds::date);
        Kind time = Kind.of(Time::builder, "time", random -> {
            int millis = random.nextInt(8) == 0 ? 0 : random.nextInt((int) DAY_MILLIS);
            return Sample.text(new Date(millis), Texts.clock(millis * 1000L));
        });
        Kind timestamp = Kind.of(Timestamp::builder, "timestamp", random -> timestamp(random, zone, ""));
        Kind instant = Kind.of(Timestamp::builder, "timestamp", random -> timestamp(random, ZoneOffset.UTC, "+00"))
                .into("timestamptz");
        return List.of(
                int8,
                int16,
                int32,
                int64,
                float32,
                float64,
                string,
                bytes,
                decimal,
                whole,
                tens,
                price,
                bool,
                date,
                time,
                timestamp,
                instant,
                int8.into("int4"),
                int16.into("numeric"),
                int32.into("int8"),
                int64.into("numeric"),
                int64.into("text"),
                int32.into("numeric(30,2)").readAs("trunc(%s)::text"),
                bool.into("text"),
                string.into("varchar"),
                string.into("varchar(100000)"),
                decimal.into("text"),
                float64.into("numeric").readAs("%s::float8::text"),
                float32.into("float8").readAs("%s::float4::text"),
                bytes.into("text"),
                string.into("citext"));
    }

    private static Function<Random, Sample> integer(int bits, Function<BigInteger, Object> boxed) {
        return random -> {
            BigInteger least = BigInteger.ONE.shiftLeft(bits - 1).negate();
            BigInteger value = switch (random.nextInt(5)) {
                case 0 -> least;
                case 1 -> least.negate().subtract(BigInteger.ONE);
                case 2 -> BigInteger.valueOf(random.nextInt(3) - 1L);
                default -> new BigInteger(bits, random).add(least);
            };
            return Sample.text(boxed.apply(value), value.toString());
        };
    }

    private static Sample float32(Random random) {
        float value = switch (random.nextInt(9)) {
            case 0 -> Float.NaN;
            case 1 -> Float.NEGATIVE_INFINITY;
            case 2 -> -0.0f;
            case 3 -> Float.MIN_VALUE;
            case 4 -> Float.MAX_VALUE;
            default -> Float.intBitsToFloat(random.nextInt());
        };
        return new Sample(value, String.valueOf(value), text -> same(Float.parseFloat(text), value));
    }

    static Sample float64(Random random) {
        double value = switch (random.nextInt(9)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> random.nextBoolean() ? 0.0 : 1.0;
            case 3 -> Double.MIN_VALUE;
            case 4 -> -Double.MAX_VALUE;
            default -> Double.longBitsToDouble(random.nextLong());
        };
        return new Sample(value, String.valueOf(value), text -> same(Double.parseDouble(text), value));
    }

    private static boolean same(double one, double other) {
        return Double.doubleToLongBits(one) == Double.doubleToLongBits(other);
    }

    private static Sample bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        ByteBuffer slice = ByteBuffer.wrap(bytes, from, to - from);
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        return switch (random.nextInt(3)) {
            case 0 -> Sample.text(bytes, Texts.hex(bytes));
            case 1 -> Sample.text(slice.slice(), Texts.hex(part));
            default -> Sample.text(slice.asReadOnlyBuffer(), Texts.hex(part));
        };
    }

    private static Sample decimal(Random random, int scale, int bits) {
        BigInteger digits = random.nextInt(8) == 0 ? BigInteger.ZERO : new BigInteger(1 + random.nextInt(bits), random);
        BigDecimal value = new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale);
        return Sample.text(value, value.toPlainString());
    }

    private static Sample date(Random random) {
        long day = switch (random.nextInt(5)) {
            case 0 -> -2_440_588;
            case 1 -> 2_145_042_905L - random.nextInt(3);
            case 2 -> random.nextInt(60_000) - 30_000L;
            default -> -2_440_588L + (long) (random.nextDouble() * 2.14e9);
        };
        return Sample.text(new Date(day * DAY_MILLIS), Texts.date(LocalDate.ofEpochDay(day)));
    }

    private static Sample timestamp(Random random, ZoneId zone, String suffix) {
        long millis = switch (random.nextInt(4)) {
            case 0 -> FIRST_MILLIS + DAY_MILLIS + random.nextInt(1000);
            case 1 -> LAST_MILLIS - random.nextInt(1000);
            case 2 ->
                FIRST_MILLIS + DAY_MILLIS + (long) (random.nextDouble() * (LAST_MILLIS - FIRST_MILLIS - DAY_MILLIS));
            default -> (long) (random.nextGaussian() * 1e12);
        };
        int offset = zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds();
        return Sample.text(new Date(millis), Texts.timestamp((millis + offset * 1000L) * 1000, suffix));
    }
}
