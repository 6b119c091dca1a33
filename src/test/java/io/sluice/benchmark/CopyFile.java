package io.sluice.benchmark;

import io.sluice.benchmark.plugin.RowForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Rows as binary COPY, encoded before the clock starts: one whole COPY for each batch, with the last row of each key.
 * They lie in a file, so that their number is not bound to this JVM's heap.
 */
record CopyFile(Path path, List<Integer> batchBytes) {

    static final int BATCH_ROWS = 10_000;

    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final short TRAILER = -1;

    /** Encodes the events whose keys are wanted. */
    static CopyFile write(Path path, Format format, Events events, LongPredicate wanted) {
        RowForm form = format.rows();
        List<Integer> sizes = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(HEADER.length + BATCH_ROWS * form.copyWidth() + Short.BYTES);
        byte[] row = new byte[form.width()];
        Map<Long, Long> lastOfKey = new LinkedHashMap<>();
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            int rows = 0;
            for (long number = 0; number < events.count(); number++) {
                Event event = events.at(number);
                if (wanted.test(event.id())) {
                    lastOfKey.put(event.id(), event.seq());
                    rows++;
                }
                if (rows == BATCH_ROWS || (number + 1 == events.count() && rows > 0)) {
                    buffer.clear().put(HEADER);
                    lastOfKey.forEach((id, seq) -> {
                        form.write(row, 0, id, seq);
                        form.copy(row, 0, buffer);
                    });
                    buffer.putShort(TRAILER).flip();
                    sizes.add(buffer.remaining());
                    file.write(buffer);
                    lastOfKey.clear();
                    rows = 0;
                }
            }
            return new CopyFile(path, sizes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int largestBatch() {
        return batchBytes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
