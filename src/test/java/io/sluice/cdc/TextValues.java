package io.sluice.cdc;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts and documents, with all that needs quoting somewhere on the way. */
final class TextValues {

    private static final String[] PIECES = {
        "a",
        "B",
        "ß",
        "é",
        "Ω",
        "漢",
        "🙂",
        "👩‍🚀",
        " ",
        "  ",
        "'",
        "\"",
        "\\",
        "\\N",
        "\n",
        "\r\n",
        "\t",
        ",",
        ";",
        "{",
        "}",
        "(",
        ")",
        "$1",
        "?",
        "%s",
        "--",
        "/*",
        "NULL",
        "null",
        "\u0001",
        "\u007f",
        "\u2028",
        "\ufeff",
        "\ufffd",
        "\udbff\udfff"
    };

    private TextValues() {}

    static Values text(int pieces) {
        return random -> IntStream.range(0, random.nextInt(pieces + 1))
                .mapToObj(i -> PIECES[random.nextInt(PIECES.length)])
                .collect(Collectors.joining());
    }

    /** Letters and digits alone, which no compression makes much smaller. */
    static Values plain(int length) {
        return random -> Base64.getUrlEncoder()
                .encodeToString(bytes(random, length))
                .replaceAll("[-_=]", "x")
                .substring(0, length);
    }

    /** Letters and digits of at least the one and at most the other length. */
    static Values plain(int shortest, int longest) {
        return random ->
                plain(shortest + random.nextInt(longest - shortest + 1)).next(random);
    }

    static Values bytea(int shortest, int longest) {
        return random ->
                "\\x" + HexFormat.of().formatHex(bytes(random, shortest + random.nextInt(longest - shortest + 1)));
    }

    static Values bits(int length) {
        return random -> random.ints(length, 0, 2).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    static Values uuid() {
        return random -> new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** JSON with spaces, repeated keys and numbers that no double holds: {@code json} keeps all of it. */
    static Values json() {
        return random -> "{\"a\" : [1, 2.50, 12345678901234567890123456789.10],  \"a\":" + jsonText(random)
                + ", \"n\": null, \"b\": {\"deep\": [true, " + random.nextInt() + "]}}";
    }

    /** A JSON value that is no object. */
    static Values jsonScalar() {
        return random -> random.nextBoolean() ? jsonText(random) : Integer.toString(random.nextInt());
    }

    static Values xml() {
        return random -> "<order no=\"" + random.nextInt(1000) + "\">ß &lt;&amp; " + plain(8).next(random)
                + "<empty/><!-- so --></order>";
    }

    static Values hstore() {
        return random -> IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> quoted("key " + i + text(2).next(random)) + "=>"
                        + (random.nextInt(4) == 0 ? "NULL" : quoted(text(5).next(random))))
                .collect(Collectors.joining(", "));
    }

    static Values ltree() {
        return random -> "top." + plain(4).next(random) + "." + random.nextInt(100);
    }

    static Values tsvector() {
        return random ->
                "'" + plain(5).next(random) + "':1A 'it''s':" + (2 + random.nextInt(9)) + "B,12 'back\\\\slash' plain";
    }

    private static String jsonText(Random random) {
        String text = text(6).next(random).replace("\\", "\\\\").replace("\"", "\\\"");
        return '"'
                + text.replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\u0001", "\\u0002")
                + '"';
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
