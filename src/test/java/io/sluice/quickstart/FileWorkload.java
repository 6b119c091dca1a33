package io.sluice.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.harness.Database;
import io.sluice.harness.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The lines of the user's own file, each a row of its own. */
record FileWorkload(InputScan.Result input, RowHashes produced) implements Workload {

    private static final int SHOWN_LINES = 3;
    private static final int MOST_EXAMPLES = 8;
    private static final int SHOWN_CHARACTERS = 200;

    /** Reads the file once, so that what cannot work is said at once. */
    static FileWorkload of(Path file) {
        return new FileWorkload(InputScan.of(new InputFile(file)), new RowHashes());
    }

    @Override
    public String configuration() {
        return "quickstart-input.json";
    }

    /** The file's name up to its first dot, in characters that need no quotes in SQL. */
    @Override
    public String topic() {
        String name = input.file().path().getFileName().toString().toLowerCase(Locale.ROOT);
        String stem = name.replaceFirst("(?<=.)\\..*", "").replaceAll("[^a-z0-9]+", "_");
        return stem.matches("[a-z].*") ? stem : "input_" + stem;
    }

    @Override
    public String announcement() {
        String mixed = input.kinds().mixedFields() == 0
                ? ""
                : ", " + input.kinds().mixedFields() + " of them with values of several kinds";
        return String.format(
                        Locale.ROOT,
                        "%,d lines of %s with %,d different fields",
                        input.lines(),
                        input.file().path(),
                        input.kinds().fields())
                + mixed;
    }

    @Override
    public Stream<Message> messages() {
        RowText text = new RowText(input.kinds());
        NormalForm form = NormalForm.produced();
        return input.file().lines().map(line -> {
            produced.add(text.of(form.row(JsonLine.parse(line.bytes()))));
            return Message.text(new String(line.bytes(), StandardCharsets.UTF_8));
        });
    }

    @Override
    public String summary() {
        String cutOff = input.withLargeIntegers() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %,d of them have integers beyond 64 bits, of which Kafka's JsonConverter keeps 64",
                        input.withLargeIntegers());
        return String.format(Locale.ROOT, "%,d lines", input.lines()) + cutOff;
    }

    @Override
    public Comparison compare(Database database, String table) {
        RowText text = new RowText(input.kinds());
        RowHashes stored = new RowHashes();
        forEachRow(database, table, row -> stored.add(text.of(row)));
        RowHashes missing = produced.without(stored);
        RowHashes strange = stored.without(produced);
        long differences = Math.max(missing.size(), strange.size());
        List<String> examples = new ArrayList<>();
        if (missing.size() > 0) {
            examples.add(missing.size() + " lines of the file have no row like them, these for example:");
            examples.addAll(linesOf(missing, text));
        }
        if (strange.size() > 0) {
            examples.add(strange.size() + " rows of the table are like no line of the file, these for example:");
            forEachRow(database, table, row -> {
                if (examples.size() < MOST_EXAMPLES && strange.remove(text.of(row))) {
                    examples.add(shown("row", row.toString()));
                }
            });
        }
        return new Comparison(stored.size(), differences, examples);
    }

    private static void forEachRow(Database database, String table, Consumer<ObjectNode> action) {
        try (TableCursor rows = TableCursor.unordered(database, table)) {
            for (Optional<ObjectNode> row = rows.next(); row.isPresent(); row = rows.next()) {
                action.accept(row.get());
            }
        } catch (SQLException e) {
            throw new QuickstartException("The table " + table + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads the file once more to say which lines they are. */
    private List<String> linesOf(RowHashes missing, RowText text) {
        NormalForm form = NormalForm.produced();
        try (Stream<InputFile.Line> lines = input.file().lines()) {
            return lines.filter(line -> missing.remove(text.of(form.row(JsonLine.parse(line.bytes())))))
                    .limit(SHOWN_LINES)
                    .map(line -> shown("line " + line.number(), new String(line.bytes(), StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    private static String shown(String place, String json) {
        String text = json.strip();
        return place + ": " + (text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + " …");
    }
}
