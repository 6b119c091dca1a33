package io.sluice.delivery;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Connect's dead letter queue, which confirms or fails when it is told to. */
final class Reporter implements ErrantRecordReporter {
    private final Queue<SinkRecord> reported = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<@Nullable Void> confirmation = new CompletableFuture<>();

    @Override
    public CompletableFuture<@Nullable Void> report(SinkRecord record, Throwable error) {
        reported.add(record);
        return confirmation;
    }

    List<SinkRecord> reported() {
        return List.copyOf(reported);
    }

    void confirm() {
        confirmation.complete(null);
    }

    void fail(Exception problem) {
        confirmation.completeExceptionally(problem);
    }
}
