package io.sluice.cdc;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes values of one type, each written as PostgreSQL reads it. */
@FunctionalInterface
interface Values {

    String next(Random random);

    /** One of these, each as likely as the others. */
    static Values oneOf(String... choices) {
        return random -> choices[random.nextInt(choices.length)];
    }

    /** Mostly ordinary values, and every so often one of the remarkable ones. */
    default Values orElse(String... remarkable) {
        Values others = oneOf(remarkable);
        return random -> random.nextInt(4) == 0 ? others.next(random) : next(random);
    }

    /** An array literal of up to five such values, some of them null. Every element is quoted. */
    default Values array() {
        return random -> arrayOf(random.nextInt(6), random);
    }

    /** An array that PostgreSQL stores outside of its row. */
    default Values longArray() {
        return random -> arrayOf(500 + random.nextInt(500), random);
    }

    private String arrayOf(int length, Random random) {
        return IntStream.range(0, length)
                .mapToObj(i -> random.nextInt(8) == 0 ? "NULL" : '"' + escaped(next(random)) + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String element) {
        return element.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
