package io.sluice.write;

import io.sluice.config.WriteMethod;
import io.sluice.harness.Scenario;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.sink.SinkRecord;

/** Table t, records for it, and what a session holds. */
final class Items {
    static final String TABLE = "CREATE TABLE t (id bigint PRIMARY KEY, item text, tags text[])";

    private Items() {}

    static Pipe pipe(Scenario test, WriteMethod method, Map<String, String> more) throws SQLException {
        test.database().execute(TABLE);
        return new Pipe(test.database(), settings(method, more));
    }

    /** The same with rows that are there before, so that what is written is merged. */
    static Pipe pipeWithRows(Scenario test, WriteMethod method, int rows) throws SQLException {
        test.database().execute(TABLE, "INSERT INTO t SELECT generate_series(0, " + (rows - 1) + "), ''");
        return new Pipe(test.database(), settings(method, Map.of()));
    }

    static Map<String, String> settings(WriteMethod method, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("pk.mode", "record_key", "delete.enabled", "true"));
        settings.put("write.method", method.name());
        settings.putAll(more);
        return settings;
    }

    static SinkRecord row(long id, Map<String, Object> fields) {
        return new SinkRecord("t", 0, null, Map.of("id", id), null, fields, 0);
    }

    static SinkRecord deletion(long id) {
        return new SinkRecord("t", 0, null, Map.of("id", id), null, null, 0);
    }

    static List<SinkRecord> rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(id -> row(id, Map.of("item", "item " + id)))
                .toList();
    }

    static List<SinkRecord> tagged(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(id -> row(id, Map.of("tags", List.of("a", Integer.toString(id)))))
                .toList();
    }

    /** The last write of each row leaves nothing of the ones before. */
    static List<SinkRecord> dated(int number, int count) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("item", number < 7 ? "item" : "");
        fields.put("day", "2024-02-29");
        fields.put("amount", 7.25);
        fields.put("ok", true);
        fields.put("at", "2024-02-29T12:00:00Z");
        List<Object> tags = new ArrayList<>();
        tags.add(null);
        fields.put("tags", tags);
        return IntStream.range(0, count).mapToObj(id -> row(id, fields)).toList();
    }

    static void discardTemporaryTables(Pipe pipe) throws SQLException {
        pipe.session().execute("DISCARD TEMP");
        pipe.session().commit();
    }

    static long temporaryTables(Pipe pipe) throws SQLException {
        return number(pipe, "SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'");
    }

    static long number(Pipe pipe, String question) throws SQLException {
        try (PreparedStatement statement = pipe.session().prepare(question);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
