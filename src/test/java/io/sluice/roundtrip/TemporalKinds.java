package io.sluice.roundtrip;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Debezium's dates, times and intervals, infinity and the ends of PostgreSQL's ranges included. */
final class TemporalKinds {
    private static final long DAY = 86_400_000_000L;
    private static final long FIRST_MICROS = -210_866_803_200_000_000L;
    private static final long LAST_MICROS = 9_223_300_000_000_000_000L;
    private static final String PARTS = "(extract(year FROM %1$s) * 12 + extract(month FROM %1$s))::text || '/' || "
            + "extract(day FROM %1$s)::text || '/' || "
            + "trunc((extract(hour FROM %1$s) * 3600 + extract(minute FROM %1$s) * 60 + extract(second FROM %1$s))"
            + " * 1000000)::text";

    private TemporalKinds() {}

    static List<Kind> scalars() {
        Kind date = number(SchemaBuilder.int32(), "Date", "date", TemporalKinds::date);
        Kind time = number(SchemaBuilder.int32(), "Time", "time", random -> {
            int millis = random.nextInt(4) == 0 ? 86_400_000 : random.nextInt(86_400_001);
            return Sample.text(millis, Texts.clock(millis * 1000L));
        });
        Kind microTime = number(SchemaBuilder.int64(), "MicroTime", "time", random -> {
            long micros = random.nextInt(4) == 0 ? DAY : (long) (random.nextDouble() * DAY);
            return Sample.text(micros, Texts.clock(micros));
        });
        Kind nanoTime = number(SchemaBuilder.int64(), "NanoTime", "time", random -> {
            long nanos =
                    ((long) (random.nextDouble() * DAY)) * 1000 + Texts.pick(random, List.of(0, 499, 500, 501, 999));
            return Sample.text(nanos, Texts.clock(Texts.rounded(nanos)));
        });
        Kind millis = number(SchemaBuilder.int64(), "Timestamp", "timestamp", random -> {
            long micros = micros(random) / 1000 * 1000;
            return Sample.text(micros / 1000, Texts.timestamp(micros, ""));
        });
        Kind micro = number(
                SchemaBuilder.int64(),
                "MicroTimestamp",
                "timestamp",
                random -> infinite(
                        random,
                        9_223_372_036_825_200_000L,
                        -9_223_372_036_832_400_000L,
                        micros(random),
                        Texts::timestamp));
        Kind nano = number(SchemaBuilder.int64(), "NanoTimestamp", "timestamp", random -> {
            long nanos = random.nextLong() / 2 * 2 + Texts.pick(random, List.of(0, 500, 501, -1));
            return infinite(
                    random,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    nanos,
                    (each, zone) -> Texts.timestamp(Texts.rounded(each), zone));
        });
        Kind instant = text("ZonedTimestamp", "timestamptz", TemporalKinds::zonedTimestamp);
        return List.of(
                date,
                time,
                microTime,
                nanoTime,
                millis,
                micro,
                nano,
                instant,
                number(SchemaBuilder.int32(), "Date", "date", random -> {
                            int day = random.nextInt(10_000_000) - 5_000_000;
                            return Sample.text(day, LocalDate.ofEpochDay(day).toString());
                        })
                        .into("text"),
                microTime.into("text").readAs("%s::time::text"),
                text("ZonedTime", "timetz", TemporalKinds::zonedTime),
                text("IsoDate", "date", random -> {
                    LocalDate value = LocalDate.ofEpochDay(random.nextInt(10_000_000) - 2_440_000);
                    return Sample.text(value + "Z", Texts.date(value));
                }),
                text("IsoTime", "time", random -> {
                    LocalTime value = LocalTime.ofNanoOfDay(((long) (random.nextDouble() * DAY)) * 1000);
                    return Sample.text(value + "Z", Texts.clock(value.toNanoOfDay() / 1000));
                }),
                text("IsoTimestamp", "timestamp", random -> {
                    long micros = micros(random);
                    return Sample.text(local(micros) + "Z", Texts.timestamp(micros, ""));
                }),
                number(SchemaBuilder.int32(), "Year", "int4", random -> {
                    int year = random.nextInt();
                    return Sample.text(year, String.valueOf(year));
                }),
                number(SchemaBuilder.int64(), "MicroDuration", "interval", random -> {
                            // Before PostgreSQL 15 the hours of an interval had to fit into 32 bits.
                            long micros = random.nextLong() / (random.nextBoolean() ? 2 : 1_000_000_000L);
                            return Sample.text(micros, "0/0/" + micros);
                        })
                        .readAs(PARTS),
                text("Interval", "interval", random -> {
                            int years = random.nextInt(2000) - 1000;
                            int days = random.nextInt(20_000) - 10_000;
                            long micros = random.nextInt(60_000_000);
                            String seconds = micros / 1_000_000 + Texts.fraction(micros % 1_000_000);
                            return Sample.text(
                                    "P" + years + "Y3M" + days + "DT4H-5M" + seconds + "S",
                                    years * 12 + 3 + "/" + days + "/" + (14_100_000_000L + micros));
                        })
                        .readAs(PARTS),
                structured());
    }

    private static Kind structured() {
        return Kind.structured(TemporalKinds::structuredTimestamp, "timestamptz", (random, schema) -> {
            long micros = micros(random);
            LocalDateTime value = local(micros);
            int offset = (random.nextInt(25) - 12) * 1800;
            return Sample.text(
                    new Struct(schema)
                            .put("year", value.getYear())
                            .put("month", (byte) value.getMonthValue())
                            .put("day", (byte) value.getDayOfMonth())
                            .put("hour", (byte) value.getHour())
                            .put("minute", (byte) value.getMinute())
                            .put("second", (byte) value.getSecond())
                            .put("picoseconds", value.getNano() * 1000L)
                            .put("offsetSeconds", offset),
                    Texts.timestamp(micros - offset * 1_000_000L, "+00"));
        });
    }

    private static SchemaBuilder structuredTimestamp() {
        return DebeziumKinds.named(SchemaBuilder.struct(), "time.StructuredZonedTimestampPrecision6")
                .field("year", Schema.OPTIONAL_INT32_SCHEMA)
                .field("month", Schema.OPTIONAL_INT8_SCHEMA)
                .field("day", Schema.OPTIONAL_INT8_SCHEMA)
                .field("hour", Schema.OPTIONAL_INT8_SCHEMA)
                .field("minute", Schema.OPTIONAL_INT8_SCHEMA)
                .field("second", Schema.OPTIONAL_INT8_SCHEMA)
                .field("picoseconds", Schema.OPTIONAL_INT64_SCHEMA)
                .field("offsetSeconds", Schema.OPTIONAL_INT32_SCHEMA)
                .field("specialValue", Schema.OPTIONAL_STRING_SCHEMA);
    }

    private static Kind number(SchemaBuilder type, String name, String made, Function<Random, Sample> samples) {
        return Kind.of(() -> DebeziumKinds.named(new SchemaBuilder(type.type()), "time." + name), made, samples);
    }

    private static Kind text(String name, String made, Function<Random, Sample> samples) {
        return Kind.of(() -> DebeziumKinds.named(SchemaBuilder.string(), "time." + name), made, samples);
    }

    private static Sample date(Random random) {
        int day = switch (random.nextInt(4)) {
            case 0 -> -2_440_588 + random.nextInt(3);
            case 1 -> 2_145_042_905 - random.nextInt(3);
            case 2 -> -2_147_472_691 - random.nextInt(2);
            default -> random.nextInt(60_000) - 30_000;
        };
        String expected = switch (day) {
            case -2_147_472_692 -> "infinity";
            case -2_147_472_691 -> "-infinity";
            default -> Texts.date(LocalDate.ofEpochDay(day));
        };
        return Sample.text(day, expected);
    }

    /** Microseconds from 1970 within PostgreSQL's range of timestamps. */
    private static long micros(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> FIRST_MICROS + DAY + random.nextInt(1_000_000);
            case 1 -> LAST_MICROS - random.nextInt(1_000_000);
            case 2 -> FIRST_MICROS + DAY + (long) (random.nextDouble() * 9e18);
            default -> (long) (random.nextGaussian() * 1e15);
        };
    }

    /** The text of a finite number. */
    private interface Finite {
        String text(long count, String zone);
    }

    private static Sample infinite(Random random, long most, long least, long finite, Finite text) {
        return switch (random.nextInt(6)) {
            case 0 -> Sample.text(most, "infinity");
            case 1 -> Sample.text(least, "-infinity");
            default -> Sample.text(finite, text.text(finite, ""));
        };
    }

    private static Sample zonedTimestamp(Random random) {
        if (random.nextInt(6) == 0) {
            return DebeziumKinds.same(random.nextBoolean() ? "infinity" : "-infinity");
        }
        long micros = micros(random);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(49) - 24) * 1800);
        OffsetDateTime value = local(micros).atOffset(offset);
        return Sample.text(value.toString(), Texts.timestamp(micros - offset.getTotalSeconds() * 1_000_000L, "+00"));
    }

    private static Sample zonedTime(Random random) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(49) - 24) * 1800);
        long micros = (long) (random.nextDouble() * DAY);
        OffsetTime value = LocalTime.ofNanoOfDay(micros * 1000).atOffset(offset);
        String zone = offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId().replace(":00", "");
        return Sample.text(value.toString(), Texts.clock(micros) + zone);
    }

    private static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }
}
