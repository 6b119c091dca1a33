package io.sluice.cdc;

import static io.sluice.cdc.TextValues.plain;

import java.util.List;

/** Columns whose values are mostly too large for a row, of every type that can be so large. */
final class LargeColumns {

    private static final int LARGE = 3_000;
    private static final int LARGEST = 8_000;

    private LargeColumns() {}

    static List<Column> all() {
        return List.of(
                new Column("title", "text", TextValues.text(5)),
                new Column("body", "text", large("", "")),
                new Column("story", "varchar NOT NULL", large("", "")),
                new Column("folded", "citext", large("", "")),
                new Column("raw", "bytea", TextValues.bytea(LARGE, LARGEST)),
                new Column("doc", "jsonb", large("{\"text\": \"", "\"}")),
                new Column("exact", "json", large("[ \"", "\"]")),
                new Column("markup", "xml", large("<a>", "</a>")),
                new Column("pairs", "hstore", large("k=>", "")),
                new Column(
                        "bits",
                        "bit varying",
                        random -> "1" + TextValues.bits(20_000).next(random)),
                new Column("words", "text[]", large("", "").array()),
                new Column("raws", "bytea[]", TextValues.bytea(LARGE, LARGEST).array()),
                new Column("numbers", "integer[]", NumberValues.integer().longArray()),
                new Column("bigs", "bigint[]", NumberValues.bigint().longArray()),
                new Column("days", "date[]", TimeValues.date().longArray()),
                new Column("cards", "uuid[]", TextValues.uuid().longArray()),
                new Column(
                        "doubles",
                        "double precision[]",
                        NumberValues.doublePrecision().longArray()),
                new Column("digits", "numeric", NumberValues.decimal(9_000, 0)));
    }

    private static Values large(String before, String after) {
        return random -> before + plain(LARGE, LARGEST).next(random) + after;
    }
}
