package io.sluice.metrics;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lane that has something to write. Its own thread changes it, any thread may ask. */
final class LaneState {
    private volatile long progressAt;
    private volatile @Nullable LaneWork work;
    private BatchEvent event = new BatchEvent();

    LaneState(long nanos) {
        progressAt = nanos;
    }

    void writing(LaneWork next, String task) {
        work = next;
        event = new BatchEvent();
        event.task = task;
        event.begin();
    }

    void committed(CommittedBatch batch, long nanos) {
        progressAt = nanos;
        event.end();
        LaneWork done = work;
        if (done != null && event.shouldCommit()) {
            event.lane = batch.lane();
            event.table = done.table();
            event.backendPid = done.backendPid();
            event.limit = done.limit();
            event.records = batch.records();
            event.rows = batch.rows();
            event.deletes = batch.deletes();
            event.bytes = batch.bytes();
            event.commit();
        }
    }

    /** As others see it. */
    BusyLane busy(long nanos) {
        return new BusyLane(Optional.ofNullable(work), nanos - progressAt);
    }
}
