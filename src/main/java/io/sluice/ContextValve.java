package io.sluice;

import io.sluice.flow.Valve;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Holds partitions back through the task's context. */
final class ContextValve implements Valve {
    private final SinkTaskContext context;

    ContextValve(SinkTaskContext context) {
        this.context = context;
    }

    @Override
    public int pauseAll() {
        Set<TopicPartition> assigned = context.assignment();
        context.pause(assigned.toArray(TopicPartition[]::new));
        return assigned.size();
    }

    @Override
    public void resumeAll() {
        context.resume(context.assignment().toArray(TopicPartition[]::new));
    }
}
