package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IsoFormTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-25, DATE",
        "2024-02-29, DATE",
        "2000-02-29, DATE",
        "2026-11-25T22:21:03, LOCAL",
        "2026-11-25 22:21:03, LOCAL",
        "2026-11-25T22:21:03.1, LOCAL",
        "0001-01-01T00:00:00.123456, LOCAL",
        "2026-11-25T22:21:03Z, INSTANT",
        "2026-11-25T22:21:03.123Z, INSTANT",
        "9999-12-31T23:59:59.999999+15:59, INSTANT",
        "2026-11-25 22:21:03-05:30, INSTANT"
    })
    void isOneThatPostgresqlReadsInOneWay(String text, IsoForm form) {
        assertThat(IsoForm.of(text)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "infinity",
                "25.11.2026",
                "2026-11-2",
                "2026-11-31",
                "2023-02-29",
                "1900-02-29",
                "0000-01-01",
                "2026-13-01",
                "2026-00-10",
                "2026-11-00",
                "-2026-11-25",
                "+2026-11-25",
                "12026-11-25",
                "2026-11-25T",
                "2026-11-25T22:21",
                "2026-11-25t22:21:03",
                "2026-11-25T24:00:00",
                "2026-11-25T22:60:03",
                "2026-11-25T22:21:60",
                "2026-11-25T22:21:03.",
                "2026-11-25T22:21:03,5",
                "2026-11-25T22:21:03.1234567",
                "2026-11-25T22:21:03z",
                "2026-11-25T22:21:03ZZ",
                "2026-11-25T22:21:03+05",
                "2026-11-25T22:21:03+0530",
                "2026-11-25T22:21:03+16:00",
                "2026-11-25T22:21:03+05:60",
                "2026-11-25T22:21:03+05:30:10",
                "2026-11-25T22:21:03 UTC",
                "2026-11-25 BC",
                "٢٠٢٦-11-25"
            })
    void isLeftToPostgresqlOtherwise(String text) {
        assertThat(IsoForm.of(text)).isEqualTo(IsoForm.OTHER);
    }
}
