package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.CalendarSystem;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemporalsTest {
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
    private static final long NOON = ChronoUnit.MICROS.between(START, Instant.parse("2026-07-01T12:00:00Z"));
    private static final long HOUR = 3_600_000_000L;

    private final Encoded encoded = Encoded.byDefault();

    @Test
    void theNumbersThatStandForInfinityAreInfinity() {
        assertThat(encoded.int64(SemanticType.MICRO_TIMESTAMP, "timestamp", 9_223_372_036_825_200_000L))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(encoded.int64(SemanticType.MICRO_TIMESTAMP, "timestamp", -9_223_372_036_832_400_000L))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(encoded.int64(SemanticType.TIMESTAMP, "timestamp", 9_223_372_036_825_200L))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(encoded.int64(SemanticType.NANO_TIMESTAMP, "timestamp", Long.MIN_VALUE))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(encoded.int64(SemanticType.ZONED_TIMESTAMP, "timestamptz", "-infinity"))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(encoded.int32(SemanticType.DATE, "date", -2_147_472_692)).isEqualTo(Integer.MAX_VALUE);
        assertThat(encoded.int32(SemanticType.DATE, "date", -2_147_472_691)).isEqualTo(Integer.MIN_VALUE);
        assertThat(encoded.int32(Scalar.DATE, "date", new Date(-2_147_472_692L * 86_400_000)))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(encoded.int64(SemanticType.DATE, "timestamp", -2_147_472_692))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anInfiniteTimestampIsNoTimeOfDay() {
        assertThatThrownBy(() -> encoded.bytes(SemanticType.ZONED_TIMESTAMP, "time", "infinity"))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("infinite");
    }

    @ParameterizedTest
    @CsvSource({"499, 0", "500, 0", "501, 1", "1500, 2", "2500, 2", "-500, 0", "-501, -1"})
    void nanosecondsAreRoundedToTheNearestMicrosecondAndTheEvenOneOfTwo(long nanos, long micros) {
        assertThat(Epoch.roundedMicros(nanos)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T12:00:00Z, 0",
        "2026-07-01T12:00:00.1234565+02:00, -7199876544",
        "2026-07-01 12:00, 0",
        "2026-07-01T24:00:00Z, 43200000000",
        "+12026-07-01T12:00:00Z, 315569520000000000",
        "-0001-07-01T12:00:00Z, -63965980800000000",
    })
    void textOfIso8601IsReadWithYearsOfAnyLength(String text, long afterNoon) {
        long expected = NOON + afterNoon;
        assertThat(encoded.int64(SemanticType.ZONED_TIMESTAMP, "timestamptz", text))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-02-28T25:00:00Z",
                "26-02-28T00:00:00Z",
                "2026-02-28T00:00:00Z tomorrow",
                "2026-02-28T00:00:00.",
                "2026-02-28T24:00:01Z",
                "99999999999-01-01",
                "2026-02-28T00:00:00+1",
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> encoded.bytes(SemanticType.ZONED_TIMESTAMP, "timestamptz", text))
                .isInstanceOf(UnfitValueException.class);
    }

    @Test
    void anInstantIsWallClockTimeInTheZone() {
        Encoded newYork = Encoded.inZone("America/New_York");
        Date noon = Date.from(Instant.parse("2026-07-01T12:00:00Z"));
        assertThat(newYork.int64(Scalar.TIMESTAMP, "timestamp", noon)).isEqualTo(NOON - 4 * HOUR);
        assertThat(newYork.int64(Scalar.TIMESTAMP, "timestamptz", noon)).isEqualTo(NOON);
        assertThat(newYork.int64(SemanticType.ZONED_TIMESTAMP, "timestamp", "2026-07-01T12:00:00Z"))
                .isEqualTo(NOON - 4 * HOUR);
        assertThat(newYork.int64(SemanticType.EPOCH_MICROS, "timestamp", String.valueOf(noon.getTime() * 1000)))
                .isEqualTo(NOON - 4 * HOUR);
    }

    @Test
    void wallClockTimeIsInTheZoneOnlyWhereTheColumnHoldsInstants() {
        Encoded newYork = Encoded.inZone("America/New_York");
        long noon = Instant.parse("2026-07-01T12:00:00Z").toEpochMilli();
        assertThat(newYork.int64(SemanticType.TIMESTAMP, "timestamp", noon)).isEqualTo(NOON);
        assertThat(newYork.int64(SemanticType.TIMESTAMP, "timestamptz", noon)).isEqualTo(NOON + 4 * HOUR);
    }

    @Test
    void aJulianDateKeepsItsNameWhereTheProducerHadSuchACalendar() {
        GregorianCalendar julian = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        julian.clear();
        julian.set(1500, GregorianCalendar.JANUARY, 1);
        int legacy = Encoded.with(CalendarSystem.LEGACY).int32(Scalar.DATE, "date", julian.getTime());
        int proleptic = encoded.int32(Scalar.DATE, "date", julian.getTime());
        assertThat(LocalDate.ofEpochDay(legacy + 10_957)).isEqualTo(LocalDate.of(1500, 1, 1));
        assertThat(LocalDate.ofEpochDay(proleptic + 10_957)).isEqualTo(LocalDate.of(1500, 1, 10));
    }

    @Test
    void calendarsAgreeSinceTheGregorianOne() {
        Date day = Date.from(Instant.parse("1582-10-15T00:00:00Z"));
        assertThat(Encoded.with(CalendarSystem.LEGACY).int32(Scalar.DATE, "date", day))
                .isEqualTo(encoded.int32(Scalar.DATE, "date", day));
    }

    @Test
    void whatPostgresqlHasNoRoomForIsRefused() {
        assertThatThrownBy(() -> encoded.bytes(SemanticType.DATE, "date", -2_440_589))
                .isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> encoded.bytes(SemanticType.MICRO_TIME, "time", 86_400_000_001L))
                .isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> encoded.bytes(Scalar.TIMESTAMP, "timestamp", new Date(Long.MAX_VALUE - 1)))
                .isInstanceOf(UnfitValueException.class);
    }
}
