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
    public void resumeAllBut(Set<TopicPartition> held) {
        context.resume(context.assignment().stream()
                .filter(partition -> !held.contains(partition))
                .toArray(TopicPartition[]::new));
    }

    @Override
    public void pause(TopicPartition partition) {
        if (context.assignment().contains(partition)) {
            context.pause(partition);
        }
    }

    @Override
    public void resume(TopicPartition partition) {
        if (context.assignment().contains(partition)) {
            context.resume(partition);
        }
    }
}
