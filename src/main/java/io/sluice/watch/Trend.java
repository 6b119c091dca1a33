package io.sluice.watch;

/**
 * Whether a number grows: the Mann-Kendall test over its last values, which asks only how many later values are larger than
 * earlier ones, and so cares neither for outliers nor for the shape of the growth. Sources: Mann, "Nonparametric Tests
 * Against Trend" (1945); Kendall, "Rank Correlation Methods" (1975).
 *
 * <p>Belongs to one thread.
 */
final class Trend {
    private final double[] values;
    private int size;
    private int next;

    Trend(int window) {
        values = new double[window];
    }

    void add(double value) {
        values[next] = value;
        next = (next + 1) % values.length;
        size = Math.min(size + 1, values.length);
    }

    /** The test's normal score; zero until there are enough values. */
    double score() {
        if (size < values.length) {
            return 0;
        }
        int balance = 0;
        for (int later = 1; later < size; later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                balance += Double.compare(at(later), at(earlier));
            }
        }
        double variance = size * (size - 1.0) * (2.0 * size + 5) / 18;
        return (balance - Integer.signum(balance)) / Math.sqrt(variance);
    }

    /** The last value less the first; zero until there are enough. */
    double growth() {
        return size < values.length ? 0 : at(size - 1) - at(0);
    }

    private double at(int age) {
        return values[(next + age) % values.length];
    }
}
