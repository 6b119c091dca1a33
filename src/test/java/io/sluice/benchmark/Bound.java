package io.sluice.benchmark;

/** What a sink could do if it cost nothing itself and kept every core busy. */
final class Bound {

    private static final double MICROS_PER_SECOND = 1e6;

    private Bound() {}

    /**
     * Rows a second.
     *
     * @param dropMicros processor time a row of worker and broker with a sink that drops everything
     * @param loaderMicros processor time a row of PostgreSQL and the bare loader
     */
    static double rowsPerSecond(int cores, double dropMicros, double loaderMicros) {
        return cores * MICROS_PER_SECOND / (dropMicros + loaderMicros);
    }
}
