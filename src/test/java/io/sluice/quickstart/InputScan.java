package io.sluice.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the whole input before anything is started: a file with a line that cannot become a row is refused. */
final class InputScan {

    private static final int MOST_SHOWN = 5;
    private static final int MOST_COLUMNS = 1_600;

    private final InputFile file;
    private final FieldKinds kinds = new FieldKinds();
    private final List<String> problems = new ArrayList<>();
    private long lines;
    private long unusable;
    private long withLargeIntegers;

    private InputScan(InputFile file) {
        this.file = file;
    }

    /**
     * What a file holds.
     *
     * @param lines lines that are not blank
     * @param withLargeIntegers lines with an integer beyond 64 bits, which Kafka's JsonConverter cuts off
     */
    record Result(InputFile file, long lines, long withLargeIntegers, FieldKinds kinds) {}

    /**
     * Reads a file.
     *
     * @throws QuickstartException where it has a line that cannot become a row, or no line at all
     */
    static Result of(InputFile file) {
        InputScan scan = new InputScan(file);
        try (Stream<InputFile.Line> lines = file.lines()) {
            lines.forEach(scan::add);
        }
        return scan.result();
    }

    private void add(InputFile.Line line) {
        lines++;
        Optional<String> problem = JsonLine.problem(line.bytes());
        if (problem.isPresent()) {
            unusable++;
            if (unusable <= MOST_SHOWN) {
                problems.add("line " + line.number() + " " + problem.get());
            }
            return;
        }
        ObjectNode object = JsonLine.parse(line.bytes());
        kinds.add(object);
        if (hasLargeInteger(object)) {
            withLargeIntegers++;
        }
    }

    private Result result() {
        if (unusable > 0) {
            throw new QuickstartException(refusal());
        }
        if (kinds.fields() == 0) {
            throw new QuickstartException(
                    file.path() + " has no line with a value. It has to hold JSON objects, one a line.");
        }
        if (kinds.fields() > MOST_COLUMNS) {
            throw new QuickstartException(String.format(
                    Locale.ROOT,
                    "The lines of %s have %,d different fields, and a table of PostgreSQL at most %,d columns.",
                    file.path(),
                    kinds.fields(),
                    MOST_COLUMNS));
        }
        return new Result(file, lines, withLargeIntegers, kinds);
    }

    private String refusal() {
        String more = unusable > MOST_SHOWN ? "\n  and so on" : "";
        return String.format(
                        Locale.ROOT,
                        "%,d of the %,d lines of %s cannot become rows, so nothing was started:%n  ",
                        unusable,
                        lines,
                        file.path())
                + String.join("\n  ", problems) + more
                + "\nThe file has to hold JSON objects, one a line. Where it is one array, this makes lines of it:"
                + " jq -c '.[]' FILE";
    }

    private static boolean hasLargeInteger(JsonNode value) {
        if (value.isBigInteger()) {
            return true;
        }
        for (JsonNode part : value) {
            if (hasLargeInteger(part)) {
                return true;
            }
        }
        return false;
    }
}
