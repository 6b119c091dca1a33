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
 */
public record DeadLetter(Origin origin, String table, String reason, Optional<String> sqlState, SinkRecord record) {}
