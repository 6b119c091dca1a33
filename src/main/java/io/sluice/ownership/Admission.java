package io.sluice.ownership;

import io.sluice.config.OffsetMismatch;
import io.sluice.failure.Failures;
import io.sluice.flow.FlowControl;
import io.sluice.lane.Results;
import io.sluice.ledger.Acquisitions;
import io.sluice.metrics.SinkMetrics;
import io.sluice.offset.Grant;
import io.sluice.offset.OffsetTracker;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a record may be taken in, by what its offset tells of its log. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final SinkTaskContext context;
    private final Stays stays;
    private final OffsetTracker offsets;
    private final Acquisitions acquisitions;
    private final FlowControl flow;
    private final Results results;
    private final OffsetMismatch policy;
    private final SinkMetrics metrics;

    Admission(
            SinkTaskContext context,
            Stays stays,
            OffsetTracker offsets,
            Acquisitions acquisitions,
            FlowControl flow,
            Results results,
            OffsetMismatch policy,
            SinkMetrics metrics) {
        this.context = context;
        this.stays = stays;
        this.offsets = offsets;
        this.acquisitions = acquisitions;
        this.flow = flow;
        this.results = results;
        this.policy = policy;
        this.metrics = metrics;
    }

    /** Has Connect read on from there, which it does between two calls of {@code put}. */
    void seek(TopicPartition partition, Stay stay, long offset) {
        context.offset(partition, offset);
        stay.phase = Stay.Phase.SEEKING;
        stay.passedOver = offset;
        stays.unsettle();
    }

    /** What Connect has delivered meanwhile comes again, and must not be committed until then. */
    private void seekAgain(TopicPartition partition, Stay stay, long offset) {
        offsets.close(List.of(partition));
        seek(partition, stay, offset);
    }

    boolean admits(TopicPartition partition, Stay stay, long offset) {
        if (stay.phase != Stay.Phase.READING) {
            if (stay.passedOver < 0) {
                stay.passedOver = offset;
            }
            return false;
        }
        if (stay.beginning != null && !goesOn(partition, stay, stay.beginning, offset)) {
            return false;
        }
        if (offset < stay.next) {
            startOver(partition, stay, offset);
            return false;
        }
        stay.next = offset + 1;
        return true;
    }

    /** Looks at the first records after a takeover, and returns whether this one goes on its way. */
    private boolean goesOn(TopicPartition partition, Stay stay, Beginning beginning, long offset) {
        Beginning.Sight sight = beginning.see(offset);
        if (sight == Beginning.Sight.ASK) {
            seekAgain(partition, stay, stay.next - 1);
            return false;
        }
        stay.beginning = null;
        if (sight == Beginning.Sight.GONE || sight == Beginning.Sight.GONE_AND_TOO_LATE) {
            metrics.gap();
            LOG.warn(
                    "{} goes on at offset {}, though PostgreSQL has only what was before offset {}, and the record before"
                            + " that is gone, too. Unless the topic is compacted, its retention has deleted records that"
                            + " were never written: produce them again, and have the topic keep records for longer than"
                            + " the longest outage.",
                    partition,
                    beginning.found(),
                    stay.next);
        }
        if (sight == Beginning.Sight.GONE_AND_TOO_LATE) {
            seekAgain(partition, stay, beginning.found());
        }
        return sight == Beginning.Sight.FINE || sight == Beginning.Sight.GONE;
    }

    /** An offset has come that was there before, so that the topic is another one. */
    private void startOver(TopicPartition partition, Stay stay, long offset) {
        switch (policy) {
            case FAIL -> results.failed(Failures.startedOver(partition, offset, stay.next));
            case RESTART -> {
                Grant grant = offsets.of(partition).grant();
                LOG.warn(
                        "Topic partition {} starts over at offset {}; PostgreSQL had offset {}",
                        partition,
                        offset,
                        stay.next);
                offsets.close(List.of(partition));
                flow.hold(partition);
                stay.passedOver = offset;
                stay.await(acquisitions.restart(partition, grant, offset));
                stays.unsettle();
            }
            case SKIP -> LOG.debug("Offset {} of {} counts as written", offset, partition);
        }
    }
}
