package io.sluice.flow;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The task's partitions as Connect lets a task hold them back. Called from the task thread alone. */
public interface Valve {
    /** Holds back every assigned partition and returns their number. */
    int pauseAll();

    /** Lets every assigned partition flow that is not among these. */
    void resumeAllBut(Set<TopicPartition> held);

    /** Holds back one, if it is assigned. */
    void pause(TopicPartition partition);

    /** Lets one flow, if it is assigned. */
    void resume(TopicPartition partition);
}
