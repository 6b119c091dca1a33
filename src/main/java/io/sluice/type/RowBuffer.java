package io.sluice.type;

import java.io.OutputStream;
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

    private byte[] bytes;
    private int length;

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
    }

    /** Forgets what was written from {@code position} on. */
    public void truncate(int position) {
        length = position;
    }

    public void startRow(int fields) {
        int16(fields);
    }

    public void nullField() {
        int32(-1);
    }

    public void booleanField(boolean value) {
        int32(1);
        write(value ? 1 : 0);
    }

    public void int16Field(int value) {
        int32(2);
        int16(value);
    }

    public void int32Field(int value) {
        int32(4);
        int32(value);
    }

    public void int64Field(long value) {
        int32(8);
        int64(value);
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
        int count = length - start;
        bytes[start - 4] = (byte) (count >>> 24);
        bytes[start - 3] = (byte) (count >>> 16);
        bytes[start - 2] = (byte) (count >>> 8);
        bytes[start - 1] = (byte) count;
    }

    public void int16(int value) {
        ensure(2);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    public void int32(int value) {
        ensure(4);
        bytes[length] = (byte) (value >>> 24);
        bytes[length + 1] = (byte) (value >>> 16);
        bytes[length + 2] = (byte) (value >>> 8);
        bytes[length + 3] = (byte) value;
        length += 4;
    }

    public void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
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
        ensure(to - from);
        int i = from;
        // Nearly all text of nearly all topics is ASCII, which needs neither a decision nor a copy.
        for (; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == 0) {
                break;
            }
            bytes[length++] = (byte) c;
        }
        while (i < to) {
            ensure(4);
            int c = text.codePointAt(i);
            character(c);
            i += Character.charCount(c);
        }
    }

    private void character(int c) {
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
        if (c < 0x80) {
            bytes[length++] = (byte) c;
            return;
        }
        int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        bytes[length++] = (byte) ((0xFF00 >>> (more + 1)) | (c >>> (6 * more)));
        for (int rest = more - 1; rest >= 0; rest--) {
            bytes[length++] = (byte) (0x80 | ((c >>> (6 * rest)) & 0x3F));
        }
    }

    @Override
    public void write(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            long needed = (long) length + more;
            if (needed > LARGEST) {
                throw new UnfitValueException(
                        "the row is larger than two gigabytes", "Drop the record with a transformation");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, bytes.length * 2L)));
        }
    }
}
