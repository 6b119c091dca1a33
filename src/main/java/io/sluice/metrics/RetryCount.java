package io.sluice.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Retries of one class. */
final class RetryCount implements SinkRetriesMXBean {
    private static final int CLASS_LENGTH = 2;

    private final LongAdder count = new LongAdder();

    /** The class of an SQLSTATE, its first two characters; {@code none} where there is no such thing. */
    static String classOf(String sqlState) {
        return sqlState.matches("[0-9A-Za-z]{5}") ? sqlState.substring(0, CLASS_LENGTH) : "none";
    }

    void increment() {
        count.increment();
    }

    @Override
    public long getCount() {
        return count.sum();
    }
}
