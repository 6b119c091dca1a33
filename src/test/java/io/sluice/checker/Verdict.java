package io.sluice.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.harness.Database;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** All that the sink's guarantee does not allow. */
    static List<String> on(Database database, Sink sink, Topic appended, Topic upserted) {
        Verdict verdict = new Verdict(database, sink);
        verdict.checkAppended(appended);
        verdict.checkUpserted(upserted);
        return verdict.violations;
    }

    private void checkAppended(Topic topic) {
        Set<Long> produced = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : topic.records()) {
            JsonNode row = row(record);
            if (row.path("seq").asLong() != record.offset()) {
                throw new IllegalStateException("the log holds a record twice, or lacks one: " + record.offset());
            }
            produced.add(row.path("id").asLong());
        }
        Map<Long, Integer> written = new HashMap<>();
        for (List<@Nullable Object> row : database.rows("SELECT id FROM appended")) {
            written.merge((Long) row.get(0), 1, Integer::sum);
        }
        if (sink.losesNothing()) {
            report(
                    "lost",
                    produced.stream().filter(id -> !written.containsKey(id)).toList());
        }
        if (sink.doublesNothing()) {
            report(
                    "written more than once",
                    written.entrySet().stream()
                            .filter(entry -> entry.getValue() > 1)
                            .map(Map.Entry::getKey)
                            .toList());
            report(
                    "partitions whose counter is not that of their rows",
                    database.column("SELECT part FROM counters c WHERE n <>"
                            + " (SELECT count(*) FROM appended a WHERE a.part = c.part)"));
        }
        report(
                "made up",
                written.keySet().stream().filter(id -> !produced.contains(id)).toList());
    }

    private void checkUpserted(Topic topic) {
        Map<Long, Long> last = new HashMap<>();
        topic.records()
                .forEach(record -> last.merge(
                        row(record).path("id").asLong(), row(record).path("seq").asLong(), Math::max));
        Map<Long, Long> written = new HashMap<>();
        for (List<@Nullable Object> row : database.rows("SELECT id, seq FROM upserted")) {
            written.put((Long) row.get(0), (Long) row.get(1));
        }
        if (sink.losesNothing()) {
            report(
                    "keys without their last version",
                    last.keySet().stream()
                            .filter(id -> !last.get(id).equals(written.get(id)))
                            .toList());
        }
        if (sink.doublesNothing()) {
            report(
                    "keys with a version after a later one, or twice",
                    database.column(
                            "SELECT DISTINCT id FROM (SELECT id, seq, lag(seq) OVER (PARTITION BY id ORDER BY number)"
                                    + " AS before FROM versions) AS v WHERE seq <= before"));
        }
    }

    private void report(String what, List<?> found) {
        if (!found.isEmpty()) {
            violations.add(found.size() + " " + what + ": " + found.subList(0, Math.min(MOST_NAMED, found.size()))
                    + (found.size() > MOST_NAMED ? " …" : ""));
        }
    }

    private static JsonNode row(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value()).path("payload");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
