package io.sluice.quickstart;

import java.util.Locale;

/**
 * How a run stands.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param produced records handed to the producer
 * @param written records that are durable in PostgreSQL
 * @param flow whether the connector lets the topic flow
 */
record Moment(long nanos, long produced, long written, Flow flow) {

    /** Whether the connector lets the topic flow. */
    enum Flow {
        FLOWING,
        PAUSED
    }

    /** The moment as one line, with the speed since an earlier one. */
    String line(Moment earlier) {
        return String.format(
                Locale.ROOT,
                "produced %,11d   written %,11d   %,9d rows/s   lag %,9d   %s",
                produced,
                written,
                rowsPerSecond(earlier),
                Math.max(0, produced - written),
                flow.name().toLowerCase(Locale.ROOT));
    }

    private long rowsPerSecond(Moment earlier) {
        long elapsed = Math.max(1, nanos - earlier.nanos);
        return Math.max(0, Math.round((written - earlier.written) * 1e9 / elapsed));
    }
}
