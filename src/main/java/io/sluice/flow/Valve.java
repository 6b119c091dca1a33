package io.sluice.flow;

/** The task's partitions as Connect lets a task hold them back. Called from the task thread alone. */
public interface Valve {
    /** Holds back every assigned partition and returns their number. */
    int pauseAll();

    /** Lets every assigned partition flow. */
    void resumeAll();
}
