package io.sluice.lane;

import io.sluice.config.BadRecordPolicy;
import io.sluice.failure.BadRecordException;
import io.sluice.record.DeadLetter;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Turns a record that cannot be written into a dead letter, which takes the place of its entry, or fails the task with it.
 * Immutable; for any thread.
 */
public record BadRecords(BadRecordPolicy policy) {

    /**
     * The entry as a dead letter.
     *
     * @throws BadRecordException where bad records are not tolerated
     */
    public Entry letter(Entry entry, BadRecordException problem) {
        SinkRecord record = entry.record();
        if (record == null) {
            throw problem;
        }
        return entry.with(new DeadLetter(
                entry.change().origin(),
                problem.table(),
                text(problem),
                problem.sqlState(),
                record,
                DeadLetter.Content.WHOLE));
    }

    private static String text(BadRecordException problem) {
        return Optional.ofNullable(problem.getMessage()).orElse("");
    }

    /** Whether letters are written in the transaction of the rows around them. */
    boolean writesLetters() {
        return policy == BadRecordPolicy.TABLE;
    }
}
