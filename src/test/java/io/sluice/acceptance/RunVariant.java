package io.sluice.acceptance;

import java.util.List;
import java.util.Map;

/**
 * The ways in which cases are run. A method of writing, or whatever else must not change what is in the tables, is added
 * here and nowhere else.
 *
 * <p>Every case is run {@link #TOGETHER}, and each third case in one of the other ways too, which take turns; with
 * {@code -Dvariants=all} every case is run in all of them.
 */
enum RunVariant {
    /** As the settings are when nobody says anything: as many records in a transaction as there are, and as arrays. */
    TOGETHER,
    /** Each record in a transaction of its own, which is what every batch has to come to. */
    ONE_BY_ONE,
    /** In transactions of many records as well, by COPY: a case has too few of them for that to happen by itself. */
    BY_COPY,
    BY_ROWS,
    BY_UNNEST;

    /** The ways that take turns: arrays are what {@link #TOGETHER} chooses by itself. */
    private static final List<RunVariant> TURNS = List.of(ONE_BY_ONE, BY_COPY, BY_ROWS);

    private static final int EACH = 3;

    /** Whether the case of that number is run in this way. */
    boolean isDue(int number) {
        return this == TOGETHER
                || "all".equals(System.getProperty("variants"))
                || (number % EACH == 0 && TURNS.get(number / EACH % TURNS.size()) == this);
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
