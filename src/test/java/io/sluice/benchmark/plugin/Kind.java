package io.sluice.benchmark.plugin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/** A kind of column: how a value of it lies in the bytes of a record, in Connect, in SQL and in binary COPY. */
public enum Kind {
    INT8("bigint", 8, Schema.INT64_SCHEMA),
    INT4("integer", 4, Schema.INT32_SCHEMA),
    FLOAT8("double precision", 8, Schema.FLOAT64_SCHEMA),
    BOOLEAN("boolean", 1, Schema.BOOLEAN_SCHEMA),
    SHORT_TEXT("text", 10, Schema.STRING_SCHEMA),
    LONG_TEXT("text", 20, Schema.STRING_SCHEMA),
    TIMESTAMP("timestamp", 8, Timestamp.SCHEMA);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long FIRST_MILLIS = 1_700_000_000_000L;

    /** PostgreSQL counts from 2000. */
    private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;

    private final String sqlType;
    private final int width;

    /** Does not change once it is made. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Schema schema;

    Kind(String sqlType, int width, Schema schema) {
        this.sqlType = sqlType;
        this.width = width;
        this.schema = schema;
    }

    public String sqlType() {
        return sqlType;
    }

    /** Bytes in a record. */
    public int width() {
        return width;
    }

    Schema schema() {
        return schema;
    }

    /** Writes a value that follows from a number. */
    void write(byte[] bytes, int at, long number) {
        switch (this) {
            case INT8 -> LONG.set(bytes, at, number);
            case INT4 -> INT.set(bytes, at, (int) number);
            case FLOAT8 -> LONG.set(bytes, at, Double.doubleToRawLongBits(number / 4.0));
            case BOOLEAN -> bytes[at] = (byte) (number & 1);
            case SHORT_TEXT, LONG_TEXT -> writeText(bytes, at, number);
            case TIMESTAMP -> LONG.set(bytes, at, FIRST_MILLIS + number);
        }
    }

    /** The value as Connect has it. */
    Object read(byte[] bytes, int at) {
        return switch (this) {
            case INT8 -> (long) LONG.get(bytes, at);
            case INT4 -> (int) INT.get(bytes, at);
            case FLOAT8 -> Double.longBitsToDouble((long) LONG.get(bytes, at));
            case BOOLEAN -> bytes[at] != 0;
            case SHORT_TEXT, LONG_TEXT -> new String(bytes, at, width, StandardCharsets.ISO_8859_1);
            case TIMESTAMP -> new Date((long) LONG.get(bytes, at));
        };
    }

    /** The value as a field of a row in binary COPY: its length and its bytes. */
    void copy(byte[] bytes, int at, ByteBuffer out) {
        out.putInt(width);
        switch (this) {
            case TIMESTAMP -> out.putLong(((long) LONG.get(bytes, at) - POSTGRES_EPOCH_MILLIS) * 1000);
            case INT8, INT4, FLOAT8, BOOLEAN, SHORT_TEXT, LONG_TEXT -> out.put(bytes, at, width);
        }
    }

    /** Letters that differ from number to number. */
    private void writeText(byte[] bytes, int at, long number) {
        long state = number * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < width; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes[at + i] = (byte) ('a' + (state >>> 33) % 26);
        }
    }
}
