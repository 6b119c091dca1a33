package io.sluice.benchmark;

/** What one run took: its rows, its time, the processor time of all, and the worker's largest memory. */
record Measurement(long rows, long nanos, CpuTimes cpu, long peakBytes) {

    /** Rows a second. */
    double rate() {
        return rows * 1e9 / nanos;
    }

    double perRow(long micros) {
        return (double) micros / rows;
    }
}
