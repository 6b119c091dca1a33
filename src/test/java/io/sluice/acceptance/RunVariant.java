package io.sluice.acceptance;

import java.util.List;
import java.util.Map;

/**
 * The ways in which cases are run. A method of writing, or whatever else must not change what is in the tables, is added
 * here and nowhere else.
 *
 * <p>The methods of writing take turns from case to case; with {@code -Dvariants=all} every case is run by all of them.
 */
enum RunVariant {
    /** As the settings are when nobody says anything: as many records in a transaction as there are. */
    TOGETHER,
    /** Each record in a transaction of its own, which is what every batch has to come to. */
    ONE_BY_ONE,
    /** In transactions of many records as well, by COPY: a case has too few of them for that to happen by itself. */
    BY_COPY,
    BY_UNNEST,
    BY_ROWS;

    /** The methods that take turns. */
    private static final List<RunVariant> METHODS = List.of(BY_COPY, BY_UNNEST, BY_ROWS);

    /** Whether the case of that number is run in this way. */
    boolean isDue(int number) {
        return !METHODS.contains(this)
                || "all".equals(System.getProperty("variants"))
                || METHODS.get(number % METHODS.size()) == this;
    }

    Map<String, String> settings() {
        return switch (this) {
            case TOGETHER -> Map.of();
            case ONE_BY_ONE -> Map.of("batch.size", "1");
            case BY_COPY -> Map.of("write.method", "copy");
            case BY_UNNEST -> Map.of("write.method", "unnest");
            case BY_ROWS -> Map.of("write.method", "rows");
        };
    }
}
