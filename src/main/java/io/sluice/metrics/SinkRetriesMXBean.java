package io.sluice.metrics;

/** Retries with one class of SQLSTATEs. */
public interface SinkRetriesMXBean {
    @Counter("Failures of this class that were tried again.")
    long getCount();
}
