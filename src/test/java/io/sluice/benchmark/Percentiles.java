package io.sluice.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Latencies in milliseconds: half of the rows took no longer than p50, 99 of a hundred no longer than p99. */
record Percentiles(double p50, double p99, double max) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Percentiles of(List<Long> nanos) {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        double[] millis = nanos.stream()
                .mapToDouble(one -> one / NANOS_PER_MILLI)
                .sorted()
                .toArray();
        return new Percentiles(at(millis, 0.5), at(millis, 0.99), millis[millis.length - 1]);
    }

    /** The middle of each of them. */
    static Percentiles median(List<Percentiles> runs) {
        return new Percentiles(
                median(runs, Percentiles::p50), median(runs, Percentiles::p99), median(runs, Percentiles::max));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, max %.2f ms", p50, p99, max);
    }

    /** The least value that this part of all does not exceed. */
    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    private static double median(List<Percentiles> runs, ToDoubleFunction<Percentiles> value) {
        return Spread.of(runs.stream().mapToDouble(value).toArray()).median();
    }
}
