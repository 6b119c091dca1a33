package io.sluice.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One example of what Sluice does: a table, settings and records on one side, rows or a failure on the other.
 *
 * <pre>{@code
 * named("a number out of range")
 *         .given("CREATE TABLE items (id int PRIMARY KEY, amount smallint)")
 *         .with("insert.mode", "upsert")
 *         .records(json("id", 1, "amount", 70_000))
 *         .fails("column \"amount\"", "out of the column's range")
 * }</pre>
 *
 * <p>Each case has a database, topics and a connector of its own. Records come from topic {@code items} unless told, and
 * so go to table {@code items}; converters are chosen by the records.
 */
record Case(
        String name,
        Map<String, String> settings,
        List<Step> steps,
        List<Expectation> expectations,
        Optional<Failure> failure) {

    /** Stands for what must be in no message and no log. */
    static final String SECRET = "tr0ub4dor";

    private static final String TOPIC = "items";

    /** Statements, and then records, each with its topic. */
    record Step(List<String> sql, List<Sent> records) {
        Step {
            sql = List.copyOf(sql);
            records = List.copyOf(records);
        }
    }

    /** What a case fails with: fragments of the message. */
    record Failure(Stage stage, List<String> fragments) {
        Failure {
            fragments = List.copyOf(fragments);
        }
    }

    /** What fails. */
    enum Stage {
        /** The configuration is refused, and there is no connector. */
        CONFIGURATION,
        /** The task fails because of a record. */
        RECORD
    }

    record Sent(String topic, Content content) {}

    /** Rows are compared as PostgreSQL writes them: {@code row(1, true, null)} is 1, t and NULL. */
    record Expectation(String query, List<List<@Nullable String>> rows) {}

    Case {
        settings = Map.copyOf(settings);
        steps = List.copyOf(steps);
        expectations = List.copyOf(expectations);
    }

    static Case named(String name) {
        return new Case(name, Map.of(), List.of(new Step(List.of(), List.of())), List.of(), Optional.empty());
    }

    /** The same case with another name. */
    Case called(String otherName) {
        return new Case(otherName, settings, steps, expectations, failure);
    }

    /** Settings, as names and values by turns. */
    Case with(String... namesAndValues) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            more.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Case(name, more, steps, expectations, failure);
    }

    /** Statements that are run before the connector starts. */
    Case given(String... sql) {
        Step last = lastStep();
        List<String> more = new ArrayList<>(last.sql);
        more.addAll(List.of(sql));
        return withLastStep(new Step(more, last.records));
    }

    /** Records for topic {@code items}. */
    Case records(Content... contents) {
        return from(TOPIC, contents);
    }

    /** Records for a topic of that name. */
    Case from(String topic, Content... contents) {
        Step last = lastStep();
        List<Sent> more = new ArrayList<>(last.records);
        for (Content content : contents) {
            more.add(new Sent(topic, content));
        }
        return withLastStep(new Step(last.sql, more));
    }

    /** Statements that are run when all records so far have been dealt with; what is sent after them comes later. */
    Case then(String... sql) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(List.of(sql), List.of()));
        return new Case(name, settings, more, expectations, failure);
    }

    /** What table {@code items} holds in the end, sorted by its first column. */
    Case rows(Object... rows) {
        return expect("SELECT * FROM items ORDER BY 1", rows);
    }

    /** What a query gives in the end; a row of one column need not be a {@link #row}. */
    Case expect(String query, Object... rows) {
        List<List<@Nullable String>> texts = new ArrayList<>();
        for (Object row : rows) {
            texts.add(row instanceof List<?> columns ? texts(columns) : texts(List.of(row)));
        }
        List<Expectation> more = new ArrayList<>(expectations);
        more.add(new Expectation(query, texts));
        return new Case(name, settings, steps, more, failure);
    }

    /**
     * The task fails because of the record that is marked as {@link Content#bad}, or else because of the last one: with
     * a message that names the record and has these fragments, and no offset is committed beyond it.
     */
    Case fails(String... fragments) {
        return failing(Stage.RECORD, fragments);
    }

    /** The worker refuses the configuration, with a message that has these fragments. */
    Case isRefused(String... fragments) {
        return failing(Stage.CONFIGURATION, fragments);
    }

    static List<@Nullable Object> row(@Nullable Object... columns) {
        return java.util.Arrays.asList(columns);
    }

    /** Names of the topics, the one of the first record first. */
    List<String> topics() {
        List<String> topics = sent().stream().map(Sent::topic).distinct().toList();
        return topics.isEmpty() ? List.of(TOPIC) : topics;
    }

    List<Sent> sent() {
        return steps.stream().flatMap(step -> step.records.stream()).toList();
    }

    private Step lastStep() {
        return steps.get(steps.size() - 1);
    }

    private Case withLastStep(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.set(more.size() - 1, step);
        return new Case(name, settings, more, expectations, failure);
    }

    private Case failing(Stage stage, String... fragments) {
        return new Case(name, settings, steps, expectations, Optional.of(new Failure(stage, List.of(fragments))));
    }

    private static List<@Nullable String> texts(List<?> columns) {
        List<@Nullable String> texts = new ArrayList<>();
        for (Object column : columns) {
            texts.add(text(column));
        }
        return texts;
    }

    private static @Nullable String text(@Nullable Object column) {
        if (column instanceof Boolean flag) {
            return flag ? "t" : "f";
        }
        return column == null ? null : column.toString();
    }
}
