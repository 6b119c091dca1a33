package io.sluice.config;

/** How often a record takes effect, whatever fails. */
public enum DeliveryGuarantee {
    /** Once or more: what was not known to be durable is written again. Upserts are right in the end. */
    AT_LEAST_ONCE,
    /** Once: offsets are in PostgreSQL, in the transaction of their rows. */
    EXACTLY_ONCE,
    /** Once or never: offsets are durable in PostgreSQL before their rows are written. */
    AT_MOST_ONCE;

    /** Whether PostgreSQL knows which records are done with, and not Kafka. */
    public boolean usesLedger() {
        return this != AT_LEAST_ONCE;
    }
}
