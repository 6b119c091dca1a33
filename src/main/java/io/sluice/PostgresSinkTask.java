package io.sluice;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** The task as Connect sees it: a shell around the {@link SinkPipeline} that runs between start and stop. */
public final class PostgresSinkTask extends SinkTask {
    private @Nullable SinkPipeline pipeline;

    /** Connect needs a constructor without arguments. */
    public PostgresSinkTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> properties) {
        pipeline = PipelineFactory.start(properties, context);
        pipeline.askForNextCall();
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        running().put(records);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> consumed) {
        return running().preCommit(consumed);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        running().open(partitions);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        running().close(partitions);
    }

    @Override
    public void stop() {
        // Connect stops tasks whose start has failed, too.
        SinkPipeline running = pipeline;
        pipeline = null;
        if (running != null) {
            running.stop();
        }
    }

    private SinkPipeline running() {
        if (pipeline == null) {
            throw new IllegalStateException("The task is not running");
        }
        return pipeline;
    }
}
