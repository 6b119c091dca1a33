package io.sluice.config;

/** What becomes of a record that cannot be written. */
public enum BadRecordPolicy {
    /** It fails the task, and the offset stays before it. */
    FAIL,
    /** It is given to Connect, which writes it to its dead letter queue or its log, and the task goes on. */
    REPORT,
    /** It is written into a table in the transaction of the rows around it, and given to Connect as well. */
    TABLE;

    /** Whether the task goes on. */
    public boolean tolerates() {
        return this != FAIL;
    }
}
