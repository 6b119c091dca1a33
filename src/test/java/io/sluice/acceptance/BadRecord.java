package io.sluice.acceptance;

import io.sluice.harness.Message;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record that cannot be written: three good records, then it, then one more good record.
 *
 * @param name what is wrong with it
 * @param table statements that make the table {@code items}
 * @param settings of the connector, beside those that every case has
 * @param good the good record of that number
 * @param bad the bad record
 * @param said what the task's failure has to say
 */
record BadRecord(
        String name,
        List<String> table,
        Map<String, String> settings,
        java.util.function.IntFunction<Message> good,
        Message bad,
        List<String> said) {

    /** Stands in every bad record, and must be in no message. */
    static final String SECRET = "tr0ub4dor";

    static BadRecord of(String name) {
        return new BadRecord(
                name,
                List.of(
                        "CREATE TABLE items (id int PRIMARY KEY, code varchar(20), amount smallint NOT NULL DEFAULT 0)"),
                Map.of(),
                number -> Message.json(Map.of("id", number)),
                Message.tombstone(),
                List.of());
    }

    BadRecord table(String... statements) {
        return new BadRecord(name, List.of(statements), settings, good, bad, said);
    }

    BadRecord with(String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new BadRecord(name, table, more, good, bad, said);
    }

    BadRecord record(Message message) {
        return new BadRecord(name, table, settings, good, message, said);
    }

    BadRecord good(java.util.function.IntFunction<Message> message) {
        return new BadRecord(name, table, settings, message, bad, said);
    }

    BadRecord says(String... fragments) {
        return new BadRecord(name, table, settings, good, bad, List.of(fragments));
    }

    @Override
    public String toString() {
        return name;
    }
}
