package io.sluice.batch;

/**
 * Makes few runs of many rows: rows that follow one another stay together, and short runs are put into a buffer first, since
 * each that is handed over becomes a message to the server.
 */
final class Runs<E extends Exception> {
    private static final int BUFFER_BYTES = 1 << 15;

    private final byte[] bytes;
    private final RowGroup.RowSink<E> sink;
    private final byte[] buffer;
    private int buffered;
    private int start;
    private int end;

    /**
     * @param bytes what the rows are encoded in
     * @param most how many bytes there will be at most
     */
    Runs(byte[] bytes, int most, RowGroup.RowSink<E> sink) {
        this.bytes = bytes;
        this.sink = sink;
        this.buffer = new byte[Math.min(most, BUFFER_BYTES)];
    }

    /** Adds a row. */
    void add(int from, int to) throws E {
        if (from != end) {
            endRun();
            start = from;
        }
        end = to;
    }

    /** Hands over what is left. */
    void end() throws E {
        endRun();
        handOver();
    }

    private void endRun() throws E {
        int count = end - start;
        if (count > buffer.length - buffered) {
            handOver();
        }
        if (count > buffer.length) {
            sink.write(bytes, start, count);
        } else {
            System.arraycopy(bytes, start, buffer, buffered, count);
            buffered += count;
        }
    }

    private void handOver() throws E {
        if (buffered > 0) {
            sink.write(buffer, 0, buffered);
            buffered = 0;
        }
    }
}
