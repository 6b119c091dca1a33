package io.sluice.roundtrip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Maps without schema, as a JSON converter makes them: no two need have the same entries. Each name keeps its kind of
 * value, for a column has but one type.
 */
final class MapRound {
    private static final String ID = "id";
    private static final List<String> KINDS = List.of("text", "integer", "number", "boolean", "document");

    private final Random random;
    private final String table;
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private final Map<Long, Map<String, @Nullable Object>> rows = new HashMap<>();

    MapRound(long seed) {
        this.random = new Random(seed);
        this.table = Texts.name(random, Long.toString(seed));
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            kinds.put(Texts.name(random, ""), Texts.pick(random, KINDS));
        }
        kinds.remove(ID);
    }

    String table() {
        return table;
    }

    int size() {
        return rows.size();
    }

    List<SinkRecord> records(int count) {
        List<SinkRecord> records = new ArrayList<>();
        for (long key = 0; key < count; key++) {
            Map<String, @Nullable Object> value = new LinkedHashMap<>();
            kinds.forEach((name, kind) -> {
                switch (random.nextInt(8)) {
                    case 0 -> value.put(name, null);
                    case 1, 2 -> {}
                    default -> value.put(name, value(kind));
                }
            });
            rows.put(key, value);
            records.add(new SinkRecord("t", 0, null, Map.of(ID, key), null, value, 0));
        }
        return records;
    }

    private Object value(String kind) {
        return switch (kind) {
            case "text" -> Texts.any(random);
            case "integer" -> random.nextLong();
            case "number" -> random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
            case "boolean" -> random.nextBoolean();
            default ->
                random.nextBoolean()
                        ? List.of(JsonTree.random(random, 0), Texts.any(random))
                        : Map.of(Texts.any(random), JsonTree.random(random, 0));
        };
    }

    /** What is wrong with a row that PostgreSQL returned as JSON; empty where nothing is. */
    String difference(String json) {
        Map<?, ?> row = (Map<?, ?>) Objects.requireNonNull(JsonTree.parse(json));
        Map<String, @Nullable Object> sent = rows.get(((Number) Objects.requireNonNull(row.get(ID))).longValue());
        String wrong = kinds.keySet().stream()
                .filter(name -> !Objects.equals(JsonTree.normal(sent.get(name)), row.get(name)))
                .map(name -> kinds.get(name) + "\n  sent     " + JsonTree.normal(sent.get(name)) + "\n  returned "
                        + row.get(name))
                .collect(Collectors.joining("\n"));
        return wrong;
    }
}
