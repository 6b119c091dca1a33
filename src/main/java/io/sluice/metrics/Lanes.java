package io.sluice.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The lanes of a task that have something to write. Each lane's thread tells of itself, any thread may ask. */
final class Lanes {
    private final String task;
    private final LongSupplier nanos;
    private final Map<Integer, LaneState> states = new ConcurrentHashMap<>();

    Lanes(String task, LongSupplier nanos) {
        this.task = task;
        this.nanos = nanos;
    }

    void begin(int lane) {
        states.put(lane, new LaneState(nanos.getAsLong()));
    }

    void writing(LaneWork work) {
        LaneState lane = states.get(work.lane());
        if (lane != null) {
            lane.writing(work, task);
        }
    }

    void committed(CommittedBatch batch) {
        LaneState lane = states.get(batch.lane());
        if (lane != null) {
            lane.committed(batch, nanos.getAsLong());
        }
    }

    void end(int lane) {
        states.remove(lane);
    }

    List<BusyLane> busy() {
        long now = nanos.getAsLong();
        return states.values().stream().map(lane -> lane.busy(now)).toList();
    }

    int count() {
        return states.size();
    }

    /** Most rows of the next transaction of the lane that allows itself the fewest; zero where nobody says. */
    int leastLimit() {
        return busy().stream()
                .flatMap(lane -> lane.work().stream())
                .mapToInt(LaneWork::limit)
                .min()
                .orElse(0);
    }
}
