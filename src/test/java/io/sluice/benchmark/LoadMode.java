package io.sluice.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/** How the bare loader brings rows into the table. */
enum LoadMode {
    /** COPY into a temporary table, and one upsert from there. */
    MERGE("loader, merge") {
        @Override
        List<String> beginning(String table) {
            return List.of("CREATE TEMP TABLE stage (LIKE " + table + ") ON COMMIT DELETE ROWS");
        }

        @Override
        String copyTarget(String table) {
            return "stage";
        }

        @Override
        List<String> afterCopy(String table, List<String> columns) {
            String others = columns.stream()
                    .filter(column -> !column.equals("id"))
                    .map(column -> column + " = EXCLUDED." + column)
                    .collect(Collectors.joining(", "));
            return List.of("INSERT INTO " + table + " SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET " + others);
        }
    },

    /** COPY into the table. */
    COPY("loader, copy") {
        @Override
        List<String> beginning(String table) {
            return List.of();
        }

        @Override
        String copyTarget(String table) {
            return table;
        }

        @Override
        List<String> afterCopy(String table, List<String> columns) {
            return List.of();
        }
    };

    private final String contender;

    LoadMode(String contender) {
        this.contender = contender;
    }

    String contender() {
        return contender;
    }

    /** Statements of a new session. */
    abstract List<String> beginning(String table);

    abstract String copyTarget(String table);

    /** Statements of each transaction after its COPY. */
    abstract List<String> afterCopy(String table, List<String> columns);
}
