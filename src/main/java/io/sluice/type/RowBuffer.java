package io.sluice.type;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Rows in the layout of binary COPY: for each row an int16 number of fields, and for each field an int32 length, -1 for
 * NULL, and its bytes; all in network order. Source: PostgreSQL's documentation of COPY, "Binary Format".
 *
 * <p>Grows as needed and is used again after {@link #clear()}. Belongs to one thread.
 */
public final class RowBuffer extends OutputStream {
    /** The most that a Java array holds on every JVM. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    /**
     * The most that one row takes. A small message may ask for a huge row, and then a few lanes would fill the heap;
     * PostgreSQL ends the connection for a message of 1 GiB.
     */
    static final int MAX_ROW_BYTES =
            (int) Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 16);

    /** What has grown beyond is given back when a row is taken back. */
    private static final int MAX_KEPT_BYTES = 16 << 20;

    private static final int CHARACTERS_AT_ONCE = 1 << 10;

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Eight bytes in the order that costs least, where only their hash counts. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;
    /** Where the row begins that is being written. */
    private int rowStart;

    public RowBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** The bytes; only the first {@link #length()} count. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int capacity() {
        return bytes.length;
    }

    public void clear() {
        length = 0;
        rowStart = 0;
    }

    /** Forgets what was written from {@code position} on. */
    public void truncate(int position) {
        length = position;
        if (bytes.length > MAX_KEPT_BYTES && position < bytes.length / 4) {
            bytes = Arrays.copyOf(bytes, Math.max(position, MAX_KEPT_BYTES));
        }
    }

    public void startRow(int fields) {
        rowStart = length;
        int16(fields);
    }

    public void nullField() {
        int32(-1);
    }

    public void booleanField(boolean value) {
        int start = extend(5);
        INT32.set(bytes, start, 1);
        bytes[start + 4] = (byte) (value ? 1 : 0);
    }

    public void int16Field(int value) {
        int start = extend(6);
        INT32.set(bytes, start, 2);
        INT16.set(bytes, start + 4, (short) value);
    }

    public void int32Field(int value) {
        int start = extend(8);
        INT32.set(bytes, start, 4);
        INT32.set(bytes, start + 4, value);
    }

    public void int64Field(long value) {
        int start = extend(12);
        INT32.set(bytes, start, 8);
        INT64.set(bytes, start + 4, value);
    }

    /**
     * A text as one field.
     *
     * @throws UnfitValueException where it holds U+0000 or half of a surrogate pair, which PostgreSQL cannot store
     */
    void textField(String text) {
        int count = text.length();
        if (isAscii(text, 0, count)) {
            int32(count);
            ascii(text, 0, count);
        } else {
            int start = startField();
            characters(text, 0, count);
            endField(start);
        }
    }

    public void bytesField(byte[] value, int offset, int count) {
        int32(count);
        write(value, offset, count);
    }

    /** Starts a field whose length is not known yet; what it returns is for {@link #endField(int)}. */
    public int startField() {
        int32(0);
        return length;
    }

    public void endField(int start) {
        INT32.set(bytes, start - 4, length - start);
    }

    public void int16(int value) {
        int start = extend(2);
        INT16.set(bytes, start, (short) value);
    }

    public void int32(int value) {
        int start = extend(4);
        INT32.set(bytes, start, value);
    }

    public void int64(long value) {
        int start = extend(8);
        INT64.set(bytes, start, value);
    }

    /**
     * Text in UTF-8, without a length.
     *
     * @throws UnfitValueException where it holds U+0000 or half of a surrogate pair, which PostgreSQL cannot store
     */
    public void utf8(String text) {
        utf8(text, 0, text.length());
    }

    /**
     * A part of a text in UTF-8, without a length.
     *
     * @throws UnfitValueException where it holds U+0000 or half of a surrogate pair, which PostgreSQL cannot store
     */
    void utf8(String text, int from, int to) {
        if (isAscii(text, from, to)) {
            ascii(text, from, to);
        } else {
            characters(text, from, to);
        }
    }

    /** Whether all characters are of ASCII, and none is U+0000. Nearly all text of nearly all topics is such. */
    private static boolean isAscii(String text, int from, int to) {
        int seen = 0;
        for (int i = from; i < to; i++) {
            int c = text.charAt(i);
            // Less one, U+0000 has all bits.
            seen |= c | (c - 1);
        }
        return seen >>> 7 == 0;
    }

    /** The method that is left behind is the only one that copies a text's bytes as they are, without an array between. */
    @SuppressWarnings("deprecation")
    private void ascii(String text, int from, int to) {
        int start = extend(to - from);
        text.getBytes(from, to, bytes, start);
    }

    private void characters(String text, int from, int to) {
        int i = from;
        while (i < to) {
            // Of three bytes at most, but for pairs, which have four for two.
            int end = Math.min(to, i + CHARACTERS_AT_ONCE);
            ensure(3 * (end - i) + 1);
            i = charactersInto(bytes, text, i, end);
        }
    }

    /** Into room that is there. Returns where it ended: a pair stays together. */
    private int charactersInto(byte[] out, String text, int from, int to) {
        int at = length;
        int i = from;
        while (i < to) {
            int c = text.charAt(i++);
            if (c < 0x80 && c != 0) {
                out[at++] = (byte) c;
            } else if (c >= 0x80 && c < 0x800) {
                out[at++] = (byte) (0xC0 | (c >>> 6));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                int whole = text.codePointAt(i - 1);
                requireStorable(whole);
                if (whole < 0x10000) {
                    out[at++] = (byte) (0xE0 | (whole >>> 12));
                } else {
                    i++;
                    out[at++] = (byte) (0xF0 | (whole >>> 18));
                    out[at++] = (byte) (0x80 | ((whole >>> 12) & 0x3F));
                }
                out[at++] = (byte) (0x80 | ((whole >>> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (whole & 0x3F));
            }
        }
        length = at;
        return i;
    }

    private static void requireStorable(int c) {
        if (c == 0) {
            throw new UnfitValueException(
                    "the text holds the character U+0000, which PostgreSQL cannot store",
                    "Set nul.characters to strip or replace, or remove the character in the producer");
        }
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw new UnfitValueException(
                    "the text holds half of a surrogate pair, which is no character",
                    "Correct the producer: it cuts text in the middle of a character");
        }
    }

    /**
     * A hash of the bytes from one position to another, eight at a time: multiplied by the golden ratio and turned, and at the end mixed so that each bit
     * counts for all others. Source of the mix: fmix64 of MurmurHash3, by Austin Appleby.
     */
    public int hash(int from, int to) {
        long hash = (long) to - from;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            hash = join(hash, (long) WORD.get(bytes, i));
        }
        if (i < to) {
            hash = join(hash, to - from < Long.BYTES ? few(bytes, i, to) : (long) WORD.get(bytes, to - Long.BYTES));
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        return (int) (hash ^ hash >>> 33);
    }

    private static long join(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * 0x9e3779b97f4a7c15L, 29);
    }

    /** Less than eight bytes as a number. */
    private static long few(byte[] bytes, int from, int to) {
        long word = 0;
        for (int i = from; i < to; i++) {
            word = word << Byte.SIZE | (bytes[i] & 0xff);
        }
        return word;
    }

    @Override
    public void write(int value) {
        int start = extend(1);
        bytes[start] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        int start = extend(count);
        System.arraycopy(source, offset, bytes, start, count);
    }

    /** Adds so many bytes, to be set by the caller, and returns where they start. The array may be another one after it. */
    private int extend(int more) {
        ensure(more);
        int start = length;
        length = start + more;
        return start;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) length + more;
        requireRoom(needed - rowStart);
        long doubled = Math.min(bytes.length * 2L, (long) rowStart + MAX_ROW_BYTES);
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, doubled)));
    }

    /**
     * Checks that so many bytes fit into a row, before they are made.
     *
     * @throws UnfitValueException where they do not
     */
    static void requireRoom(long count) {
        if (count > MAX_ROW_BYTES) {
            throw new UnfitValueException(
                    "the row takes more than " + MAX_ROW_BYTES
                            + " bytes in the form in which PostgreSQL gets it, which is "
                            + "the most for the heap of this worker",
                    "Make the value smaller in the producer or with a transformation, or leave the field out; with a heap of "
                            + "4 GiB a row may take 256 MiB");
        }
    }
}
