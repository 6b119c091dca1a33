package io.sluice.acceptance;

import java.util.Map;

/**
 * The ways in which every case is run. A method of writing, or whatever else must not change what is in the tables, is
 * added here and nowhere else.
 */
enum RunVariant {
    /** As the settings are when nobody says anything: as many records in a transaction as there are. */
    TOGETHER,
    /** Each record in a transaction of its own, which is what every batch has to come to. */
    ONE_BY_ONE;

    Map<String, String> settings() {
        return switch (this) {
            case TOGETHER -> Map.of();
            case ONE_BY_ONE -> Map.of("batch.size", "1");
        };
    }
}
