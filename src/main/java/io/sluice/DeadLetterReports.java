package io.sluice;

import io.sluice.config.BadRecordConfig;
import io.sluice.config.BadRecordPolicy;
import io.sluice.failure.Failures;
import io.sluice.lane.Entry;
import io.sluice.lane.Results;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.DeadLetter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives bad records to Connect, which writes them to its dead letter queue or to its log. Where no table holds them, they
 * are done with when Connect has confirmed that.
 *
 * <p>Belongs to the task thread: Connect's reporter is not made for others.
 */
final class DeadLetterReports {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReports.class);

    /** They seldom come alone, and the first line is to tell how many there are. */
    private static final Duration BEFORE_LINE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    /** A record that Connect has not confirmed yet. */
    private record Pending(Entry entry, Future<?> confirmation) {}

    private final BadRecordPolicy policy;
    private final List<String> places;
    private final @Nullable ErrantRecordReporter reporter;
    private final Results results;
    private final SinkMetrics metrics;
    private final LongSupplier nanos;
    private final Queue<Pending> pending = new ArrayDeque<>();
    private long untold;
    private @Nullable DeadLetter latest;
    private long nextLine = Long.MIN_VALUE;

    /**
     * @param reporter null where Connect has neither a dead letter queue nor a log for this connector
     * @param nanos a clock that never goes back, in nanoseconds
     */
    DeadLetterReports(
            BadRecordConfig config,
            @Nullable ErrantRecordReporter reporter,
            Results results,
            SinkMetrics metrics,
            LongSupplier nanos) {
        this.policy = config.policy();
        this.places = config.places();
        this.reporter = reporter;
        this.results = results;
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /** Reports a bad record that lanes are done with, and returns whether it is done with altogether. */
    boolean report(Entry entry, DeadLetter letter) {
        metrics.deadLetter(1);
        count(letter);
        if (reporter == null) {
            passInTheLedger(entry);
            return true;
        }
        Future<?> confirmation;
        try {
            confirmation = reporter.report(letter.record(), new ConnectException(letter.reason()));
        } catch (RuntimeException e) {
            results.failed(Failures.notReported(letter.origin(), e));
            return false;
        }
        if (policy == BadRecordPolicy.TABLE) {
            return true;
        }
        pending.add(new Pending(entry, confirmation));
        return false;
    }

    /** The entries that Connect has confirmed since the last call. */
    List<Entry> confirmed() {
        if (untold > 0 && nanos.getAsLong() - nextLine >= 0) {
            tellAll();
        }
        List<Entry> done = new ArrayList<>();
        for (Pending next = pending.peek(); next != null && next.confirmation.isDone(); next = pending.peek()) {
            pending.remove();
            Entry entry = next.entry;
            try {
                next.confirmation.get();
                passInTheLedger(entry);
                done.add(entry);
            } catch (ExecutionException e) {
                results.failed(Failures.notReported(entry.change().origin(), e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return done;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** No lane has said of it in the ledger that it is done with, so they do with what they write next. */
    private void passInTheLedger(Entry entry) {
        if (policy == BadRecordPolicy.REPORT) {
            entry.partition().completeApart(entry.change().origin().offset(), entry.rest());
        }
    }

    private void count(DeadLetter letter) {
        latest = letter;
        if (untold++ == 0) {
            nextLine = Math.max(nextLine, nanos.getAsLong() + BEFORE_LINE.toNanos());
        }
    }

    /** Writes one line about all that were set aside since the last one. */
    void tellAll() {
        if (untold == 0 || latest == null) {
            return;
        }
        LOG.warn(
                "{} {}. The last one: {}",
                untold == 1 ? "1 bad record was" : untold + " bad records were",
                places.isEmpty()
                        ? "dropped, since neither errors.table nor a dead letter topic is configured"
                        : "set aside and can be found in " + String.join(" and ", places),
                latest.reason());
        untold = 0;
        nextLine = nanos.getAsLong() + BETWEEN_LINES.toNanos();
    }
}
