package io.sluice.record;

import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record that cannot be written, and why.
 *
 * @param table that it was for; empty where that is not known
 * @param reason without any value of the record
 * @param sqlState what PostgreSQL has refused it with, where it was PostgreSQL
 * @param record as Connect delivered it
 * @param content how much of the record is written down
 */
public record DeadLetter(
        Origin origin, String table, String reason, Optional<String> sqlState, SinkRecord record, Content content) {
    /** What a letter holds of its record. */
    public enum Content {
        /** Key, value, headers and time. */
        WHOLE,
        /** Its place in Kafka alone, where PostgreSQL has refused the whole. */
        PLACE
    }

    /** The same without anything that the record holds. */
    public DeadLetter withoutContent() {
        return new DeadLetter(origin, table, reason, sqlState, record, Content.PLACE);
    }
}
