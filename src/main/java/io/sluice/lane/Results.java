package io.sluice.lane;

import io.sluice.failure.SinkException;
import io.sluice.ledger.Loss;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What lanes report to the task thread: entries that are done with, and the first failure. For all threads to report,
 * and for the task thread to read.
 */
public final class Results {
    private final BlockingQueue<List<Entry>> done = new LinkedBlockingQueue<>();
    private final Queue<List<Entry>> handedBack = new ConcurrentLinkedQueue<>();
    private final Queue<Loss> lost = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable SinkException> failure = new AtomicReference<>();

    /** The entries are durable, or their partition was taken away. */
    void done(List<Entry> entries) {
        done.add(entries);
    }

    /** Nothing has become of the entries, and another lane is to have them. */
    void handBack(List<Entry> entries) {
        handedBack.add(entries);
    }

    /** Entries that another lane is to have; empty where there are none right now. */
    Optional<List<Entry>> pollHandedBack() {
        return Optional.ofNullable(handedBack.poll());
    }

    /** Partitions that turned out to be somebody else's, or not to be where we thought. */
    void lost(List<Loss> losses) {
        lost.addAll(losses);
    }

    /** A loss; empty where there is none right now. */
    public Optional<Loss> pollLoss() {
        return Optional.ofNullable(lost.poll());
    }

    /** A failure that ends the task; the first one counts. */
    public void failed(SinkException problem) {
        failure.compareAndSet(null, problem);
    }

    /** Entries that are done with; empty where there are none right now. */
    public Optional<List<Entry>> poll() {
        return Optional.ofNullable(done.poll());
    }

    /** The same, waiting for up to that long. */
    public Optional<List<Entry>> poll(Duration wait) {
        try {
            return Optional.ofNullable(done.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    public Optional<SinkException> failure() {
        return Optional.ofNullable(failure.get());
    }
}
