package io.sluice.cdc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One way from the source to a copy: how Debezium is set, how the sink is set, and where the copy's tables come from.
 *
 * @param name of letters alone
 * @param leftOut tables that this route cannot carry, with their schema
 * @param limits what reaches the topics otherwise than it is in the source
 */
record Route(
        String name,
        Tables tables,
        Map<String, String> debezium,
        Map<String, String> sink,
        Set<String> leftOut,
        List<Limit> limits) {

    /** Who makes the tables of the copy. */
    enum Tables {
        MADE_BY_THE_SINK,
        MADE_BEFORE
    }

    /** Stands in a setting for the first part of the names of this route's topics. */
    static final String PREFIX = "PREFIX";

    private static final String UNWRAP = "transforms.unwrap.";

    Route {
        debezium = Map.copyOf(debezium);
        sink = Map.copyOf(sink);
        leftOut = Set.copyOf(leftOut);
        limits = List.copyOf(limits);
    }

    /** Debezium as it comes, its envelopes as they are, and a sink that makes the tables. */
    static Route envelopes() {
        return new Route(
                "envelopes",
                Tables.MADE_BY_THE_SINK,
                Map.of("column.propagate.source.type", ".*"),
                Map.of(
                        "table.name.format",
                        "${source.schema}.${source.table}",
                        "auto.create",
                        "true",
                        "auto.evolve",
                        "true",
                        "delete.enabled",
                        "true",
                        "truncate.enabled",
                        "true",
                        // Nothing orders a truncation and rows of another task.
                        "tasks.max",
                        "1"),
                Set.of(),
                Limits.ofEnvelopes());
    }

    /** Debezium set to lose as little as it can, its records flattened, and tables that are there before. */
    static Route flattened() {
        Map<String, String> debezium = new LinkedHashMap<>();
        debezium.put("time.precision.mode", "structured");
        debezium.put("decimal.handling.mode", "string");
        debezium.put("interval.handling.mode", "string");
        debezium.put("hstore.handling.mode", "map");
        debezium.put("table.exclude.list", "typed\\.cleared");
        debezium.put("transforms", "unwrap");
        debezium.put(UNWRAP + "type", "io.debezium.transforms.ExtractNewRecordState");
        debezium.put(UNWRAP + "delete.tombstone.handling.mode", "tombstone");
        return new Route(
                "flattened",
                Tables.MADE_BEFORE,
                debezium,
                Map.of(
                        "table.name.format",
                        "${topic.-2}.${topic.-1}",
                        "topics.to.tables.mapping",
                        PREFIX + ".typed.Odd_Names:typed.\"Odd Names\"",
                        "delete.enabled",
                        "true"),
                Set.of("typed.cleared"),
                Limits.ofFlattened());
    }
}
