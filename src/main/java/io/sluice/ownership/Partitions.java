package io.sluice.ownership;

import io.sluice.flow.FlowControl;
import io.sluice.offset.OffsetTracker;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Which partitions the task may take records of. Belongs to the task thread. */
public interface Partitions extends AutoCloseable {
    void open(Collection<TopicPartition> assigned);

    void revoke(Collection<TopicPartition> revoked);

    /**
     * Where partitions will be read from that Connect has assigned and that are not the task's yet, as far as that is known.
     *
     * @param consumed Connect's own positions, among them what was passed over
     */
    Map<TopicPartition, OffsetAndMetadata> held(Map<TopicPartition, OffsetAndMetadata> consumed);

    /** Catches up with what has happened elsewhere; comes before the records of a call. */
    void settle();

    /** Whether a record is to be taken in; what is not comes again. */
    boolean admits(TopicPartition partition, long offset);

    /** Whether something waits for the task thread to come by again. */
    boolean needsAttention();

    @Override
    void close();

    /** Whatever Connect assigns is the task's. */
    record AsAssigned(OffsetTracker offsets, FlowControl flow) implements Partitions {
        @Override
        public void open(Collection<TopicPartition> assigned) {
            offsets.open(assigned);
            flow.assigned();
        }

        @Override
        public void revoke(Collection<TopicPartition> revoked) {
            offsets.close(revoked);
            flow.revoked(revoked);
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> held(Map<TopicPartition, OffsetAndMetadata> consumed) {
            return Map.of();
        }

        @Override
        public void settle() {
            // Nothing happens elsewhere.
        }

        @Override
        public boolean admits(TopicPartition partition, long offset) {
            return true;
        }

        @Override
        public boolean needsAttention() {
            return false;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
