package io.sluice.quickstart;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The user's file, read line by line whatever its size. Blank lines are passed over. */
record InputFile(Path path) {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** One line, without its end. */
    static final class Line {

        private final long number;
        private final byte[] bytes;

        private Line(long number, byte[] bytes) {
            this.number = number;
            this.bytes = bytes;
        }

        /** From 1, blank lines counted. */
        long number() {
            return number;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The lines, read as they are taken; to be closed. */
    Stream<Line> lines() {
        try {
            InputStream input = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            skipByteOrderMark(input);
            return StreamSupport.stream(new Lines(input), false).onClose(() -> close(input));
        } catch (IOException e) {
            throw new QuickstartException(path + " cannot be read: " + e, e);
        }
    }

    private static void skipByteOrderMark(InputStream input) throws IOException {
        input.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(input.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            input.reset();
        }
    }

    private static void close(InputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Lines extends Spliterators.AbstractSpliterator<Line> {

        private final InputStream input;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long number;
        private boolean ended;

        Lines(InputStream input) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.input = input;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Line> action) {
            while (!ended) {
                byte[] line = nextLine();
                if (!isBlank(line)) {
                    action.accept(new Line(number, line));
                    return true;
                }
            }
            return false;
        }

        private byte[] nextLine() {
            try {
                bytes.reset();
                int next = input.read();
                while (next != '\n' && next != -1) {
                    bytes.write(next);
                    next = input.read();
                }
                ended = next == -1;
                number++;
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isBlank(byte[] line) {
            for (byte one : line) {
                if (one != ' ' && one != '\t' && one != '\r') {
                    return false;
                }
            }
            return true;
        }
    }
}
