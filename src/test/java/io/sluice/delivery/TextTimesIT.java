package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that go into columns of times: those of ISO 8601 as times, all others for PostgreSQL to read. */
@ExtendWith(HarnessExtension.class)
final class TextTimesIT {
    private static final int MANY = 5_000;
    private static final TopicPartition PARTITION = new TopicPartition("items", 0);

    @Test
    void needNoCastInTheirCommonForm(Scenario test) {
        Database database = table(test);
        try (TaskRun task = start(database)) {
            write(
                    task,
                    IntStream.range(0, MANY)
                            .mapToObj(i -> record(i, i, "2026-11-25T22:21:03.25+01:00"))
                            .toList());

            assertThat(task.counter("StraightCopies")).isEqualTo(1);
        }
        assertThat(database.rows("SELECT count(*) FROM items WHERE at = '2026-11-25 21:21:03.25Z'"))
                .containsExactly(Database.row((long) MANY));
    }

    @Test
    void keepTheirOrderWhicheverFormTheyHave(Scenario test) {
        Database database = table(test);
        List<String> texts = List.of("2026-11-25T22:21:03Z", "26 November 2026 1:00 UTC", "2026-11-25 22:21:03+00:00");
        try (TaskRun task = start(database)) {
            write(
                    task,
                    IntStream.range(0, 9)
                            .mapToObj(i -> record(i, i % 3, texts.get((i + i / 3) % 3)))
                            .toList());
        }
        assertThat(database.texts("SELECT id, at AT TIME ZONE 'UTC' FROM items ORDER BY id"))
                .containsExactly(
                        List.of("0", "2026-11-25 22:21:03"),
                        List.of("1", "2026-11-25 22:21:03"),
                        List.of("2", "2026-11-26 01:00:00"));
    }

    /** Neither the worker's zone nor what somebody has set for the database. */
    @ParameterizedTest
    @CsvSource({
        "copy, Europe/Berlin",
        "unnest, Europe/Berlin",
        "rows, Europe/Berlin",
        "auto, +02:00",
        "unnest, UTC+02:00"
    })
    void areOfTheZoneThatTheConfigurationNames(String method, String zone, Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TYPE visit AS (at timestamptz, what text)",
                "CREATE DOMAIN moment AS timestamptz",
                "CREATE TABLE items (id bigint PRIMARY KEY, at timestamptz, day date, span interval, during tstzrange, "
                        + "moments timestamptz[], more timestamptz[], visit visit, moment moment, part xml, words text[])");
        for (String setting : List.of(
                "TimeZone = 'Asia/Tokyo'",
                "DateStyle = 'SQL, DMY'",
                "IntervalStyle = 'sql_standard'",
                "timezone_abbreviations = 'India'",
                "array_nulls = off",
                "xmloption = 'document'",
                "standard_conforming_strings = off")) {
            database.execute("ALTER DATABASE " + Database.quoted(database.name()) + " SET " + setting);
        }
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try (TaskRun task = TaskRun.start(
                database, Map.of("write.parallelism", "1", "write.method", method, "db.timezone", zone))) {
            task.openAndAcquire(PARTITION);
            Map<String, Object> value = new HashMap<>(Map.of(
                    "at", "2026-07-01T00:00:00",
                    "day", "01/02/2026",
                    "span", "-1 2:03:04",
                    "during", "[2026-07-01,2026-07-02)",
                    "moments", "{2026-07-01}",
                    "more", List.of("July 1 2026"),
                    "visit", "(2026-07-01 00:00,here and now)",
                    "moment", "2026-07-01"));
            value.putAll(Map.of("id", 1L, "part", "a<b/>", "words", "{NULL}"));
            write(task, List.of(new SinkRecord("items", 0, null, null, null, value, 0)));
        } finally {
            TimeZone.setDefault(before);
        }
        String midnight = "'2026-06-30 22:00Z'::timestamptz";
        assertThat(database.texts("SELECT at = " + midnight + ", day = date '2026-01-02', extract(hour FROM span), "
                        + "lower(during) = " + midnight + ", moments[1] = " + midnight + ", more[1] = " + midnight
                        + ", (visit).at = " + midnight + ", moment = " + midnight + ", words[1] IS NULL FROM items"))
                .containsExactly(List.of("t", "t", "2", "t", "t", "t", "t", "t", "t"));
    }

    /** A record that is read again has to write the same. */
    @ParameterizedTest
    @CsvSource({
        "copy, at_least_once",
        "unnest, at_least_once",
        "rows, at_least_once",
        "copy, exactly_once",
        "unnest, exactly_once"
    })
    void doNotDependOnWhenTheyAreRead(String method, String guarantee, Scenario test) {
        Database database = test.database();
        database.execute(
                "CREATE TYPE visit AS (at timestamptz, what text)",
                "CREATE TYPE hours AS RANGE (subtype = timestamp)",
                "CREATE TYPE mood AS ENUM ('now')",
                "CREATE DOMAIN moment AS timestamptz",
                "CREATE TABLE items (id bigint PRIMARY KEY, at timestamptz, local timestamp, day date, clock time, "
                        + "zoned timetz, during tstzrange, days datemultirange, moments timestamptz[], visit visit, "
                        + "visits visit[], hours hours, moment moment, moments2 moment[], mood mood, note text, tags text[])");
        List<Map<String, Object>> bad = List.of(
                Map.of("at", "now"),
                Map.of("at", " NOW "),
                Map.of("at", "tomorrow 12:00"),
                Map.of("local", "Yesterday"),
                Map.of("local", "today 08:15"),
                Map.of("day", "today"),
                Map.of("clock", "now"),
                Map.of("zoned", "now"),
                Map.of("zoned", "12:00"),
                Map.of("during", "[now,infinity)"),
                Map.of("days", "{[2026-01-01,today)}"),
                Map.of("moments", "{now}"),
                Map.of("moments", List.of("2026-01-01", "now")),
                Map.of("visit", "(now,x)"),
                Map.of("visits", List.of("(\"now\",x)")),
                Map.of("visits", "{\"(now,x)\"}"),
                Map.of("hours", "[2026-01-01, now]"),
                Map.of("moment", "now"),
                Map.of("moments2", List.of("now")));
        List<Map<String, Object>> good = List.of(
                Map.of("at", "epoch"),
                Map.of("at", "infinity"),
                Map.of("local", "-infinity"),
                Map.of("clock", "allballs"),
                Map.of("zoned", "12:00 PM +02"),
                Map.of("zoned", "12:00+02"),
                Map.of("during", "[2026-01-01,infinity)"),
                Map.of("visit", "(2026-01-01,\"here and now\")"),
                Map.of("mood", "now"),
                Map.of("note", "now"),
                Map.of("tags", List.of("now", "today")));
        List<SinkRecord> records = new ArrayList<>();
        for (Map<String, Object> fields :
                Stream.concat(bad.stream(), good.stream()).toList()) {
            Map<String, Object> value = new HashMap<>(fields);
            value.put("id", (long) records.size());
            records.add(new SinkRecord("items", 0, null, null, null, value, records.size()));
        }
        Map<String, String> settings = Map.of(
                "write.parallelism", "1",
                "write.method", method,
                "db.timezone", "Europe/Berlin",
                "delivery.guarantee", guarantee,
                "consumer.override.isolation.level", "read_committed",
                "errors.tolerance", "all",
                "errors.table", "letters");
        try (TaskRun task = TaskRun.start(database, settings)) {
            task.openAndAcquire(PARTITION);
            write(task, records);
        }
        assertThat(database.column("SELECT id FROM items ORDER BY id"))
                .isEqualTo(LongStream.range(bad.size(), records.size()).boxed().toList());
        assertThat(database.number("SELECT count(*) FROM letters WHERE sqlstate IS NULL"))
                .isEqualTo(bad.size());
    }

    private static Database table(Scenario test) {
        test.database().execute("CREATE TABLE items (id bigint PRIMARY KEY, at timestamptz)");
        return test.database();
    }

    private static TaskRun start(Database database) {
        TaskRun task = TaskRun.start(database, Map.of("write.parallelism", "1"));
        task.openAndAcquire(PARTITION);
        return task;
    }

    private static SinkRecord record(int offset, long id, String at) {
        return new SinkRecord("items", 0, null, null, null, Map.of("id", id, "at", at), offset);
    }

    private static void write(TaskRun task, List<SinkRecord> records) {
        task.put(records);
        task.callUntil("all records to be durable", () -> task.counter("QueuedRecords") == 0);
    }
}
