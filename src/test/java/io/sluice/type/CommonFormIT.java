package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent as a date or a time is what PostgreSQL would have made of the text. */
@ExtendWith(HarnessExtension.class)
final class CommonFormIT {
    private static final int TEXTS = 4_000;
    private static final String CHARACTERS = "0123456789-:.+TZ ,/";

    private final Random random = new Random(20_261_125);

    @ParameterizedTest
    @ValueSource(strings = {"date", "timestamp", "timestamptz"})
    void isReadAsPostgresqlReadsIt(String type, Scenario test) throws SQLException {
        CommonForm form = CommonForm.of(type).orElseThrow();
        int taken = 0;
        try (Connection connection = test.database().connect();
                Statement settings = connection.createStatement();
                PreparedStatement cast =
                        connection.prepareStatement("SELECT " + type + "_send(?::text::" + type + ")")) {
            settings.execute("SET DateStyle = 'ISO, DMY'; SET TimeZone = 'Asia/Kolkata'");
            for (int i = 0; i < TEXTS; i++) {
                String text = text();
                if (form.takes().test(text)) {
                    taken++;
                    assertThat(encoded(form, text)).as(text).isEqualTo(cast(cast, text));
                }
            }
        }
        assertThat(taken).isGreaterThan(TEXTS / 20);
    }

    /** A date, or a time as well, in ever other forms, one of two with a character that may not belong there. */
    private String text() {
        LocalDateTime time = LocalDateTime.of(1, 1, 1, 0, 0).plusSeconds(random.nextLong(315_537_897_600L));
        StringBuilder text = new StringBuilder(time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd")));
        if (random.nextInt(4) > 0) {
            text.append(random.nextBoolean() ? 'T' : ' ').append(time.format(DateTimeFormatter.ofPattern("HH:mm:ss")));
            if (random.nextBoolean()) {
                text.append('.');
                random.ints(1 + random.nextInt(7), 0, 10).forEach(text::append);
            }
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "";
                        case 1 -> "Z";
                        default ->
                            String.format(
                                    "%s%02d:%02d",
                                    random.nextBoolean() ? "+" : "-", random.nextInt(17), random.nextInt(60));
                    });
        }
        if (random.nextBoolean()) {
            text.setCharAt(random.nextInt(text.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private static String encoded(CommonForm form, String text) {
        RowBuffer buffer = new RowBuffer(32);
        form.codec().write(text, buffer);
        return HexFormat.of().formatHex(Arrays.copyOfRange(buffer.array(), Integer.BYTES, buffer.length()));
    }

    private static String cast(PreparedStatement cast, String text) throws SQLException {
        cast.setString(1, text);
        try (ResultSet row = cast.executeQuery()) {
            row.next();
            return HexFormat.of().formatHex(row.getBytes(1));
        }
    }
}
