package io.sluice.benchmark;

/** One contender in one workload. */
interface Runner extends AutoCloseable {

    String name();

    /** Gets warm, and finds out its best set-up where there are several. Not measured. */
    void warmUp();

    /** One run from an empty table. */
    Measurement measure();

    /** How it was set up in the end, in words; empty where there is nothing to say. */
    String remark();

    @Override
    void close();
}
