package io.sluice.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Puts rows in the order of their encoded keys, so that neighbours in a table's index come one after the other: PostgreSQL
 * then finds what it needs next on the pages that it has just had. Whole numbers, UUIDs and times are encoded so that this is
 * the order of an index, but that those below zero come last; of texts those of one length are together.
 *
 * <p>It is quick rather than exact: it goes by the eight bytes after those that all keys have in common, as far as they
 * have room in one word beside the number of the row. Rows of one key keep their order.
 */
final class KeyOrder {
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyOrder() {}

    /** Those rows of a group by key. */
    static int[] of(RowGroup group, int[] rows) {
        if (rows.length < 2) {
            return rows;
        }
        long[] words = words(group, rows);
        long least = Arrays.stream(words).min().getAsLong();
        long greatest = Arrays.stream(words).max().getAsLong();
        int numberBits = Integer.SIZE - Integer.numberOfLeadingZeros(rows.length - 1);
        int wordBits = Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
        int lostBits = Math.max(0, wordBits + numberBits - (Long.SIZE - 1));
        for (int i = 0; i < words.length; i++) {
            words[i] = (words[i] - least) >>> lostBits << numberBits | i;
        }
        Arrays.sort(words);
        int[] sorted = new int[rows.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = rows[(int) (words[i] & (1L << numberBits) - 1)];
        }
        return sorted;
    }

    /** What tells the keys apart, as numbers. */
    private static long[] words(RowGroup group, int[] rows) {
        byte[] bytes = group.array();
        int common = common(group, rows);
        long[] words = new long[rows.length];
        for (int i = 0; i < words.length; i++) {
            long word = word(bytes, group.keyStart(rows[i]) + common, group.keyEnd(rows[i]));
            // Bytes have no sign, and longs do.
            words[i] = word ^ Long.MIN_VALUE;
        }
        return words;
    }

    /** With how many bytes all keys begin alike. */
    private static int common(RowGroup group, int[] rows) {
        byte[] bytes = group.array();
        int from = group.keyStart(rows[0]);
        int common = group.keyEnd(rows[0]) - from;
        for (int row : rows) {
            int differs = Arrays.mismatch(bytes, from, from + common, bytes, group.keyStart(row), group.keyEnd(row));
            common = differs < 0 ? common : differs;
        }
        return common;
    }

    /** The first eight bytes as a number, with zeros for those that are missing. */
    private static long word(byte[] bytes, int from, int to) {
        if (to - from >= Long.BYTES) {
            return (long) INT64.get(bytes, from);
        }
        long word = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            word = word << Byte.SIZE | (i < to ? bytes[i] & 0xff : 0);
        }
        return word;
    }
}
