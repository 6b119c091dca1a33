package io.sluice.type;

import io.sluice.config.CalendarSystem;
import io.sluice.config.NulCharacters;
import io.sluice.config.ValueConfig;
import io.sluice.record.FieldType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/** What a field's value is in a column. */
final class Encoded {
    private final ValueConfig config;

    private Encoded(ValueConfig config) {
        this.config = config;
    }

    static Encoded byDefault() {
        return new Encoded(TypesPage.VALUES);
    }

    static Encoded inZone(String zone) {
        return new Encoded(new ValueConfig(
                ZoneId.of(zone), ZoneOffset.UTC, CalendarSystem.PROLEPTIC_GREGORIAN, NulCharacters.FAIL));
    }

    static Encoded with(CalendarSystem calendar) {
        return new Encoded(new ValueConfig(ZoneOffset.UTC, ZoneOffset.UTC, calendar, NulCharacters.FAIL));
    }

    static Encoded with(NulCharacters nulCharacters) {
        return new Encoded(
                new ValueConfig(ZoneOffset.UTC, ZoneOffset.UTC, CalendarSystem.PROLEPTIC_GREGORIAN, nulCharacters));
    }

    /** The bytes, without their length. */
    byte[] bytes(FieldType field, String column, Object value) {
        return bytes(field, PgType.builtIn(column), value);
    }

    byte[] bytes(FieldType field, PgType column, Object value) {
        RowBuffer out = new RowBuffer(16);
        new ColumnBindings(config).find(field, column).orElseThrow().codec().write(value, out);
        return Arrays.copyOfRange(out.array(), Integer.BYTES, out.length());
    }

    String text(FieldType field, String column, Object value) {
        return new String(bytes(field, column, value), StandardCharsets.UTF_8);
    }

    long int64(FieldType field, String column, Object value) {
        return ByteBuffer.wrap(bytes(field, column, value)).getLong();
    }

    int int32(FieldType field, String column, Object value) {
        return ByteBuffer.wrap(bytes(field, column, value)).getInt();
    }
}
