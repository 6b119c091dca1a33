package io.sluice.record;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Tells the primary key of the table that a record goes to. */
public interface TableKeys {
    /**
     * The names of the key's columns; none where the table has no key.
     *
     * @return empty where the table is not known yet
     * @throws RecordException where the record names no table
     */
    Optional<List<String>> of(SinkRecord record);
}
