package io.sluice.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.harness.Database;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Compares tables with topics in the end. */
final class Verdict {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_NAMED = 5;

    private final Database database;
    private final Sink sink;
    private final List<String> violations = new ArrayList<>();

    private Verdict(Database database, Sink sink) {
        this.database = database;
        this.sink = sink;
    }

    /** What was produced. */
    private record Produced(Place place, long id, long seq, boolean good) {
        static Produced of(ConsumerRecord<byte[], byte[]> record) {
            try {
                JsonNode row = JSON.readTree(record.value()).path("payload");
                return new Produced(
                        new Place(record.partition(), record.offset()),
                        row.path("id").asLong(),
                        row.path("seq").asLong(),
                        row.path("good").asBoolean());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where in its topic a record is. */
    private record Place(int partition, long offset) {}

    /** All that the sink's guarantee does not allow. */
    static List<String> on(Database database, Sink sink, Topic appended, Topic upserted) {
        Verdict verdict = new Verdict(database, sink);
        verdict.checkAppended(appended.name(), produced(appended));
        verdict.checkUpserted(upserted.name(), produced(upserted));
        return verdict.violations;
    }

    private static List<Produced> produced(Topic topic) {
        return topic.records().stream().map(Produced::of).toList();
    }

    private void checkAppended(String topic, List<Produced> records) {
        for (Produced record : records) {
            if (record.seq() != record.place().offset()) {
                throw new IllegalStateException("the log holds a record twice, or lacks one: " + record.place());
            }
        }
        Set<Long> good =
                records.stream().filter(Produced::good).map(Produced::id).collect(Collectors.toSet());
        Map<Long, Integer> written = new HashMap<>();
        for (List<@Nullable Object> row : database.rows("SELECT id FROM appended")) {
            written.merge((Long) row.get(0), 1, Integer::sum);
        }
        if (sink.losesNothing()) {
            report("lost", good.stream().filter(id -> !written.containsKey(id)).toList());
        }
        if (sink.doublesNothing()) {
            reportDoubles("written more than once", written);
            report(
                    "partitions whose counter is not that of their rows",
                    database.column("SELECT part FROM counters c WHERE n <>"
                            + " (SELECT count(*) FROM appended a WHERE a.part = c.part)"));
        }
        report(
                "made up",
                written.keySet().stream().filter(id -> !good.contains(id)).toList());
        checkLetters(topic, records, bad(records));
    }

    private void checkUpserted(String topic, List<Produced> records) {
        Map<Long, Produced> last = new HashMap<>();
        Map<Long, Long> lastGood = new HashMap<>();
        for (Produced record : records) {
            last.merge(record.id(), record, (one, other) -> one.seq() > other.seq() ? one : other);
            if (record.good()) {
                lastGood.merge(record.id(), record.seq(), Math::max);
            }
        }
        Map<Long, Long> written = new HashMap<>();
        for (List<@Nullable Object> row : database.rows("SELECT id, seq FROM upserted")) {
            written.put((Long) row.get(0), (Long) row.get(1));
        }
        if (sink.losesNothing()) {
            report(
                    "keys without their last version",
                    lastGood.keySet().stream()
                            .filter(id -> !lastGood.get(id).equals(written.get(id)))
                            .toList());
        }
        if (sink.doublesNothing()) {
            report(
                    "keys with a version after a later one, or twice",
                    database.column(
                            "SELECT DISTINCT id FROM (SELECT id, seq, lag(seq) OVER (PARTITION BY id ORDER BY number)"
                                    + " AS before FROM versions) AS v WHERE seq <= before"));
        }
        // A bad one that a later record of its key follows in a batch is never tried.
        checkLetters(topic, records, bad(last.values()));
    }

    /** Whether no good record is among the dead letters, and each of those that have to be there is. */
    private void checkLetters(String topic, List<Produced> records, Set<Place> expected) {
        Map<Place, Integer> letters = letters(topic);
        Set<Place> bad = bad(records);
        report(
                "good records among the dead letters",
                letters.keySet().stream().filter(place -> !bad.contains(place)).toList());
        if (sink.losesNothing()) {
            report(
                    "bad records without a dead letter",
                    expected.stream()
                            .filter(place -> !letters.containsKey(place))
                            .toList());
        }
        if (sink.doublesNothing()) {
            reportDoubles("dead letters more than once", letters);
        }
    }

    private Map<Place, Integer> letters(String topic) {
        Map<Place, Integer> letters = new HashMap<>();
        if (sink.keepsBadRecords()) {
            for (List<@Nullable Object> row :
                    database.rows("SELECT part, record_offset FROM letters WHERE topic = '" + topic + "'")) {
                letters.merge(new Place((Integer) row.get(0), (Long) row.get(1)), 1, Integer::sum);
            }
        }
        return letters;
    }

    private static Set<Place> bad(Collection<Produced> records) {
        return records.stream()
                .filter(record -> !record.good())
                .map(Produced::place)
                .collect(Collectors.toSet());
    }

    private void reportDoubles(String what, Map<?, Integer> counts) {
        report(
                what,
                counts.entrySet().stream()
                        .filter(entry -> entry.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private void report(String what, List<?> found) {
        if (!found.isEmpty()) {
            violations.add(found.size() + " " + what + ": " + found.subList(0, Math.min(MOST_NAMED, found.size()))
                    + (found.size() > MOST_NAMED ? " …" : ""));
        }
    }
}
