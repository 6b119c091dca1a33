package io.sluice.type;

import java.nio.ByteBuffer;

/** Connect's two forms of bytes. */
final class Bytes {
    private Bytes() {}

    /** The buffer's remaining bytes; its position stays where it is. */
    static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The bytes of a value that is either. */
    static byte[] of(Object value) {
        return value instanceof ByteBuffer buffer ? copy(buffer) : (byte[]) value;
    }

    static void field(Object value, RowBuffer out) {
        byte[] bytes = of(value);
        out.bytesField(bytes, 0, bytes.length);
    }
}
