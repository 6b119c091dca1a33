package io.sluice.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What has to come out, and what did. A value is not there where a contender did not run. */
record Target(String what, OptionalDouble value, Limit limit, double wanted) {

    enum Limit {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Limit(String words) {
            this.words = words;
        }
    }

    static Target atLeast(double wanted, String what, OptionalDouble value) {
        return new Target(what, value, Limit.AT_LEAST, wanted);
    }

    static Target atMost(double wanted, String what, OptionalDouble value) {
        return new Target(what, value, Limit.AT_MOST, wanted);
    }

    /** Cells of a table: what, value, target, verdict. */
    List<String> cells() {
        return List.of(
                what,
                value.isPresent() ? number(value.getAsDouble()) : "–",
                limit.words + " " + number(wanted),
                verdict());
    }

    private String verdict() {
        if (value.isEmpty()) {
            return "not measured";
        }
        boolean reached = switch (limit) {
            case AT_LEAST -> value.getAsDouble() >= wanted;
            case AT_MOST -> value.getAsDouble() <= wanted;
        };
        return reached ? "reached" : "**not reached**";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
