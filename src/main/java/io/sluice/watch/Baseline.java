package io.sluice.watch;

import java.util.Arrays;

/**
 * What is usual of a number: median and median absolute deviation of its last values, which a few wild ones do not move.
 * How far a value is off is its modified z-score, 0.6745 · (value − median) / MAD. Source: Iglewicz and Hoaglin, "How to
 * Detect and Handle Outliers" (1993), who take more than 3.5 for an outlier.
 *
 * <p>Where a number hardly ever changes its deviation is next to nothing, and everything else would be an outlier: so the
 * deviation counts as at least a tenth of the median, and at least what the caller says.
 *
 * <p>Belongs to one thread.
 */
final class Baseline {
    private static final double NORMAL = 0.6745;
    private static final double LEAST_SHARE = 0.1;

    private final double leastDeviation;
    private final double[] values;
    private int size;
    private int next;

    /**
     * @param window how many values count
     * @param leastDeviation what is no deviation worth speaking of
     */
    Baseline(int window, double leastDeviation) {
        this.values = new double[window];
        this.leastDeviation = leastDeviation;
    }

    void add(double value) {
        values[next] = value;
        next = (next + 1) % values.length;
        size = Math.min(size + 1, values.length);
    }

    /** How far the value is above what is usual; zero while too little is known to say. */
    double score(double value) {
        if (size < values.length / 4) {
            return 0;
        }
        double[] known = Arrays.copyOf(values, size);
        double median = median(known);
        double[] deviations =
                Arrays.stream(known).map(one -> Math.abs(one - median)).toArray();
        double deviation = Math.max(median(deviations), Math.max(leastDeviation, LEAST_SHARE * Math.abs(median)));
        return NORMAL * (value - median) / deviation;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
