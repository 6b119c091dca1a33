package io.sluice.benchmark;

import java.io.PrintStream;
import java.util.Locale;

/** What the user sees while the benchmark runs. */
final class Progress {

    private Progress() {}

    static void show(PrintStream out, String workload, int repetition, String contender, Measurement measurement) {
        CpuTimes cpu = measurement.cpu();
        out.printf(
                Locale.ROOT,
                "  %s run %d, %-14s %,10.0f rows/s; µs a row: worker %.2f, broker %.2f, PostgreSQL %.2f, loader %.2f%n",
                workload,
                repetition,
                contender,
                measurement.rate(),
                measurement.perRow(cpu.worker()),
                measurement.perRow(cpu.broker()),
                measurement.perRow(cpu.postgres()),
                measurement.perRow(cpu.own()));
    }
}
