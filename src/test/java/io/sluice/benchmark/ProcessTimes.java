package io.sluice.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Processor time and memory of processes, from the /proc file system (proc(5)). */
final class ProcessTimes {

    private static final Path PROC = Path.of("/proc");

    /** USER_HZ is 100 on all that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    /** Places in {@code stat} after the name in brackets, which itself may contain spaces and brackets. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private ProcessTimes() {}

    /** Microseconds of processor time that a process has used itself. */
    static long own(long pid) {
        return ownMicros(read(pid, "stat"));
    }

    /** Microseconds of a process, of its children that have ended, and of its descendants that are alive. */
    static long tree(long pid) {
        long living = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(descendant -> wholeIfAlive(descendant.pid()))
                .sum();
        return wholeMicros(read(pid, "stat")) + living;
    }

    static long ownMicros(String stat) {
        return ticks(stat, USER, SYSTEM) * MICROS_PER_TICK;
    }

    static long wholeMicros(String stat) {
        return ticks(stat, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM) * MICROS_PER_TICK;
    }

    /** Forgets the largest memory so far. */
    static void resetPeak(long pid) {
        try {
            Files.writeString(PROC.resolve(Long.toString(pid)).resolve("clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most bytes that were resident since {@link #resetPeak}. */
    static long peakBytes(long pid) {
        return peakBytes(read(pid, "status"));
    }

    static long peakBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new BenchmarkException("The kernel does not say how much memory a process took."));
    }

    private static long ticks(String stat, int... places) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return IntStream.of(places)
                .mapToLong(place -> Long.parseLong(fields[place]))
                .sum();
    }

    private static long wholeIfAlive(long pid) {
        try {
            return wholeMicros(Files.readString(file(pid, "stat")));
        } catch (IOException ended) {
            return 0;
        }
    }

    private static String read(long pid, String name) {
        try {
            return Files.readString(file(pid, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(long pid, String name) {
        return PROC.resolve(Long.toString(pid)).resolve(name);
    }
}
