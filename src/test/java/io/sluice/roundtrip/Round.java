package io.sluice.roundtrip;

import io.sluice.harness.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** One table with columns of random kinds, and the rows that are sent to it. */
final class Round {
    private static final int MOST_COLUMNS = 12;
    private static final String SUFFIX = "~";

    /**
     * A column.
     *
     * @param name its name, as hostile as can be
     * @param kind what it holds
     * @param schema of its field
     * @param initial the schema's default; null where it has none
     */
    record Column(
            String name, Kind kind, Schema schema, @Nullable Sample initial) {
        String sql() {
            return Database.quoted(name);
        }

        @Override
        public String toString() {
            return kind + (initial == null ? "" : " with a default") + (schema.isOptional() ? "" : " required");
        }
    }

    private final Random random;
    private final String table;
    private final String id;
    private final List<Column> columns = new ArrayList<>();
    private final Schema valueSchema;
    private final Schema keySchema;
    private final Map<Long, List<@Nullable Sample>> rows = new HashMap<>();

    Round(long seed, List<Kind> kinds) {
        this.random = new Random(seed);
        this.table = Texts.name(random, Long.toString(seed));
        Set<String> names = new HashSet<>();
        this.id = name(names);
        boolean byHand = random.nextInt(3) == 0;
        SchemaBuilder value = SchemaBuilder.struct().field(id, Schema.INT64_SCHEMA);
        int count = 1 + random.nextInt(MOST_COLUMNS);
        while (columns.size() < count) {
            Kind kind = Texts.pick(random, kinds);
            if (byHand || !kind.isMadeByHand()) {
                Column column = column(name(names), kind);
                columns.add(column);
                value.field(column.name(), column.schema());
            }
        }
        this.valueSchema = value.build();
        this.keySchema = SchemaBuilder.struct().field(id, Schema.INT64_SCHEMA).build();
    }

    private String name(Set<String> taken) {
        String name = Texts.name(random, "");
        return taken.add(name) ? name : name(taken);
    }

    private Column column(String name, Kind kind) {
        SchemaBuilder builder = kind.schema().get();
        if (random.nextInt(4) > 0) {
            builder.optional();
        }
        if (random.nextInt(5) > 0) {
            return new Column(name, kind, builder.build(), null);
        }
        Sample initial = kind.samples().make(random, kind.schema().get().build());
        if (initial.value() instanceof Struct) {
            // A Struct belongs to a schema, and that would have to hold it.
            return new Column(name, kind, builder.build(), null);
        }
        return new Column(name, kind, builder.defaultValue(initial.value()).build(), initial);
    }

    String table() {
        return table;
    }

    List<Column> columns() {
        return columns;
    }

    /** The statement that makes the table as somebody else would; empty where Sluice is to make it. */
    String create() {
        if (columns.stream().noneMatch(column -> column.kind().isMadeByHand())) {
            return "";
        }
        return columns.stream()
                .map(column -> ", " + column.sql() + " "
                        + (column.kind().isMadeByHand()
                                ? column.kind().column()
                                : typeOf(column.kind().made())))
                .collect(Collectors.joining(
                        "",
                        "CREATE TABLE " + Database.quoted(table) + " (" + Database.quoted(id) + " bigint PRIMARY KEY",
                        ")"));
    }

    /** A type without its length, which a bit must not be. */
    private static String typeOf(String made) {
        return made.equals("bit") ? "varbit" : made.equals("_bit") ? "_varbit" : made;
    }

    /** Records of random rows. */
    List<SinkRecord> records(int count) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long key = random.nextInt(10 * count);
            if (!rows.containsKey(key)) {
                records.add(record(key));
            }
        }
        return records;
    }

    private SinkRecord record(long key) {
        Struct value = new Struct(valueSchema).put(id, key);
        List<@Nullable Sample> samples = new ArrayList<>();
        for (Column column : columns) {
            boolean absent = column.schema().isOptional() && random.nextInt(6) == 0;
            Sample sample = absent ? null : column.kind().samples().make(random, column.schema());
            samples.add(sample);
            value.put(column.name(), sample == null ? null : sample.value());
        }
        rows.put(key, samples);
        return new SinkRecord("t", 0, keySchema, new Struct(keySchema).put(id, key), valueSchema, value, 0);
    }

    /** Asks for every row; the id first, then the columns as text. */
    String select() {
        return columns.stream()
                .map(column ->
                        ", " + column.kind().query().replace("%1$s", "%s").replace("%s", column.sql()))
                .collect(Collectors.joining("", "SELECT " + Database.quoted(id), " FROM " + Database.quoted(table)));
    }

    /** Makes a row of nothing but defaults; empty where a column without one must not be null. */
    String insertDefaults() {
        boolean fits = columns.stream().allMatch(column -> column.schema().isOptional() || column.initial() != null);
        return fits ? "INSERT INTO " + Database.quoted(table) + " (" + Database.quoted(id) + ") VALUES (-1)" : "";
    }

    int size() {
        return rows.size();
    }

    /** What is wrong with a row that PostgreSQL returned; empty where nothing is. */
    String difference(List<@Nullable Object> row) {
        long key = ((Number) Objects.requireNonNull(row.get(0))).longValue();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Sample sample = key == -1 ? column.initial() : rows.get(key).get(i);
            Object text = row.get(i + 1);
            boolean same = sample == null
                    ? text == null
                    : text != null && sample.holds().test((String) text);
            if (!same) {
                return "key " + key + ", " + column.kind() + " in column " + column.name() + SUFFIX + "\n  sent     "
                        + (sample == null ? null : sample.expected()) + "\n  returned " + text;
            }
        }
        return "";
    }
}
