package io.sluice.checker;

import io.sluice.harness.ConnectWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the logs of workers tell, over all their lives. Metrics die with a worker.
 *
 * @param rebalances how often a task's consumer joined its group
 * @param fenced how often a lane found that a partition is another's by now, before or instead of a write
 * @param retries lines about something that is tried again, of which a lane writes one for each outage that it sees
 */
record Told(long rebalances, long fenced, long retries) {

    static Told by(List<ConnectWorker> workers) {
        return workers.stream().map(worker -> read(worker.log().file())).reduce(new Told(0, 0, 0), Told::plus);
    }

    private static Told read(Path log) {
        // A process that was killed may have written half a character.
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.map(Told::of).reduce(new Told(0, 0, 0), Told::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Told of(String line) {
        return new Told(
                one(line.contains("clientId=connector-consumer-") && line.contains("Successfully joined group")),
                one(line.contains("was taken over by another task")),
                one(line.contains("is tried again: ")));
    }

    private Told plus(Told other) {
        return new Told(rebalances + other.rebalances, fenced + other.fenced, retries + other.retries);
    }

    private static long one(boolean found) {
        return found ? 1 : 0;
    }
}
