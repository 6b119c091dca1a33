package io.sluice.type;

import io.sluice.record.FieldType;
import java.util.function.Function;

/**
 * Debezium's bits, whose least significant byte comes first, as PostgreSQL's, whose first bit is the most significant.
 * Source: {@code io.debezium.data.Bits}, and {@code varbit_send} in src/backend/utils/adt/varbit.c.
 */
final class BitStrings {
    /** Debezium's length of a bit string without limit. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private BitStrings() {}

    /** Writes {@code varbit}: its number of bits and its bytes. */
    static ColumnCodec codec(FieldType.Bits field, PgType column) {
        int length = "bit".equals(column.name()) && column.limited() ? column.modifier() : known(field);
        return (value, out) -> {
            byte[] bytes = Bytes.of(value);
            int bits = length(bytes, length);
            RowBuffer.requireRoom(bits / 8 + Long.BYTES);
            int start = out.startField();
            out.int32(bits);
            // The bits fill their bytes from the left, so all of them move by what the last byte has to spare.
            int spare = -bits & 7;
            for (int i = (bits + 7) / 8 - 1; i >= 0; i--) {
                int below = i > 0 ? at(bytes, i - 1) : 0;
                out.write((((at(bytes, i) << 8) | below) << spare) >>> 8);
            }
            out.endField(start);
        };
    }

    /** Zeros and ones. */
    static Function<Object, String> text(FieldType.Bits field) {
        int length = known(field);
        return value -> {
            byte[] bytes = Bytes.of(value);
            int bits = length(bytes, length);
            RowBuffer.requireRoom(bits);
            StringBuilder text = new StringBuilder(bits);
            for (int i = bits - 1; i >= 0; i--) {
                text.append(((at(bytes, i / 8) >> (i % 8)) & 1) == 0 ? '0' : '1');
            }
            return text.toString();
        };
    }

    private static int known(FieldType.Bits field) {
        return field.length() == NO_LIMIT ? 0 : field.length();
    }

    private static int length(byte[] bytes, int length) {
        if (length == 0) {
            RowBuffer.requireRoom(bytes.length);
            return Math.multiplyExact(bytes.length, 8);
        }
        for (int i = length; i < bytes.length * 8; i++) {
            if (((bytes[i / 8] >> (i % 8)) & 1) != 0) {
                throw new UnfitValueException(
                        "the value has more bits than the column", "Make the column bit varying, or longer");
            }
        }
        return length;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : 0;
    }
}
