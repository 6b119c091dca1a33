package io.sluice.quickstart;

import java.util.ArrayList;
import java.util.List;

/**
 * What came out when the table was compared with what was produced.
 *
 * @param rows rows in the table
 * @param differences how many rows are missing, too many, or not as they should be
 * @param examples the first differences, in words
 */
record Comparison(long rows, long differences, List<String> examples) {

    Comparison {
        examples = List.copyOf(examples);
    }

    boolean isEqual() {
        return differences == 0;
    }

    /** Counts differences and keeps the first few. */
    static final class Builder {

        private static final int MOST_EXAMPLES = 5;

        private final List<String> examples = new ArrayList<>();
        private long rows;
        private long differences;

        void row() {
            rows++;
        }

        void difference(String description) {
            differences(1, List.of(description));
        }

        void differences(long count, List<String> descriptions) {
            differences += count;
            descriptions.stream().limit(MOST_EXAMPLES - examples.size()).forEach(examples::add);
        }

        Comparison build() {
            return new Comparison(rows, differences, examples);
        }
    }
}
