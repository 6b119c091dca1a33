package io.sluice.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * How long something took within the last minute. The minute moves on in steps of ten seconds. Any thread may record and
 * ask; that happens a few times for a transaction, so that a lock costs nothing.
 */
final class SlidingHistogram implements SinkLatencyMXBean {
    private static final int SLICES = 6;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Of each value; more would say more than a minute of transactions knows. */
    private static final int DIGITS = 2;

    private static final long MOST_MICROS = TimeUnit.DAYS.toMicros(365);
    private static final double MICROS_PER_MILLI = 1e3;

    private final LongSupplier nanos;
    private final Histogram[] slices = new Histogram[SLICES];
    private final LongAdder count = new LongAdder();
    private long slice;

    SlidingHistogram(LongSupplier nanos) {
        this.nanos = nanos;
        this.slice = number();
        for (int i = 0; i < SLICES; i++) {
            slices[i] = new Histogram(DIGITS);
        }
    }

    void record(long tookNanos) {
        count.increment();
        long micros = Math.min(MOST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(tookNanos)));
        synchronized (slices) {
            moveOn();
            slices[index(slice)].recordValue(micros);
        }
    }

    @Override
    public long getCount() {
        return count.sum();
    }

    @Override
    public double getP50Millis() {
        return percentile(50);
    }

    @Override
    public double getP95Millis() {
        return percentile(95);
    }

    @Override
    public double getP99Millis() {
        return percentile(99);
    }

    @Override
    public double getMaxMillis() {
        return percentile(100);
    }

    private double percentile(double percent) {
        Histogram minute = new Histogram(DIGITS);
        synchronized (slices) {
            moveOn();
            for (Histogram part : slices) {
                minute.add(part);
            }
        }
        return minute.getValueAtPercentile(percent) / MICROS_PER_MILLI;
    }

    /** Empties the slices whose time has come around again. */
    private void moveOn() {
        long now = number();
        for (long passed = Math.max(slice, now - SLICES) + 1; passed <= now; passed++) {
            slices[index(passed)].reset();
        }
        slice = now;
    }

    private long number() {
        return Math.floorDiv(nanos.getAsLong(), SLICE_NANOS);
    }

    private static int index(long number) {
        return (int) Math.floorMod(number, (long) SLICES);
    }
}
