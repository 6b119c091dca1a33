package io.sluice.quickstart;

import io.sluice.harness.ConnectorStatus;
import io.sluice.harness.Message;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One run: creates the connector, produces while it writes, shows how both stand, and compares in the end.
 *
 * <p>Threading: the producer has a thread of its own and shares the counter of what it has produced.
 */
final class Run {

    /** The speed shown is that of about the last three seconds. */
    private static final long SPEED_WINDOW_NANOS = 3_000_000_000L;

    private final Stage stage;
    private final Workload workload;
    private final PrintStream out;
    private final LiveLine liveLine;
    private final LongSupplier nanoTime;
    private final AtomicLong produced = new AtomicLong();
    private final Deque<Moment> moments = new ArrayDeque<>();

    Run(Stage stage, Workload workload, PrintStream out, LiveLine liveLine, LongSupplier nanoTime) {
        this.stage = stage;
        this.workload = workload;
        this.out = out;
        this.liveLine = liveLine;
        this.nanoTime = nanoTime;
    }

    /** Plays the workload with a connector that is running already. */
    Comparison play() {
        long start = nanoTime.getAsLong();
        CompletableFuture<Void> producer =
                CompletableFuture.runAsync(this::produce, task -> daemon(task).start());
        try (SinkCounters counters =
                new SinkCounters(stage.worker().jvm(), stage.connector().name())) {
            Awaitility.await()
                    .forever()
                    .pollInSameThread()
                    .pollDelay(liveLine.interval())
                    .pollInterval(liveLine.interval())
                    .until(() -> isDone(producer, counters));
        }
        liveLine.end(out);
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        out.printf("%s in %.1f s. Comparing the table with them.%n", workload.summary(), seconds);
        return workload.compare(stage.database(), stage.topic().name());
    }

    private void produce() {
        try (Stream<Message> messages = workload.messages()) {
            stage.topic().send(messages.peek(any -> produced.incrementAndGet()));
        }
    }

    /** Shows how things stand, and whether all that was produced is durable and committed. */
    private boolean isDone(CompletableFuture<Void> producer, SinkCounters counters) {
        show(counters);
        requireHealth();
        if (!producer.isDone()) {
            return false;
        }
        try {
            producer.join();
        } catch (CompletionException e) {
            throw new QuickstartException("Could not produce: " + e.getCause(), e.getCause());
        }
        boolean done = stage.lag() == 0;
        if (done) {
            show(counters);
        }
        return done;
    }

    private void show(SinkCounters counters) {
        Moment.Flow flow = counters.pausedPartitions() > 0 ? Moment.Flow.PAUSED : Moment.Flow.FLOWING;
        // Written first: what is written was produced before.
        long written = counters.written();
        Moment now = new Moment(nanoTime.getAsLong(), produced.get(), written, flow);
        moments.add(now);
        while (now.nanos() - moments.getFirst().nanos() > SPEED_WINDOW_NANOS) {
            moments.removeFirst();
        }
        liveLine.show(now.line(moments.getFirst()), out);
    }

    private void requireHealth() {
        ConnectorStatus status = stage.connector().status();
        if (status.hasFailed()) {
            liveLine.end(out);
            throw new QuickstartException("The connector has failed:\n" + Traces.paragraph(status.traces()));
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "quickstart-producer");
        thread.setDaemon(true);
        return thread;
    }
}
