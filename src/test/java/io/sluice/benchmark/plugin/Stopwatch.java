package io.sluice.benchmark.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Notes the time of the first call and of the one that is expected to be the last, each in a file: whoever waits for them
 * looks at files and costs the worker nothing. Belongs to the task's thread.
 */
final class Stopwatch {

    private final Path prefix;
    private final long expected;
    private long calls;

    /** The files get the name of the path and {@code .first} or {@code .last}. */
    Stopwatch(Path prefix, long expected) {
        this.prefix = prefix;
        this.expected = expected;
    }

    void call() {
        long number = ++calls;
        if (number == 1) {
            note(".first");
        }
        if (number == expected) {
            note(".last");
        }
    }

    /** Nanoseconds since 1970, which mean the same in all processes. A file appears with its content. */
    private void note(String suffix) {
        long now = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        try {
            Path written = Files.writeString(
                    prefix.resolveSibling(prefix.getFileName() + suffix + ".new"), Long.toString(now));
            Files.move(written, prefix.resolveSibling(prefix.getFileName() + suffix), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
