package io.sluice.type;

import java.util.List;

/**
 * Texts of dates and times whose meaning depends on when PostgreSQL reads them, so that a record that is read again writes
 * another value. Constants such as {@code epoch} and {@code infinity} are none. Source: {@code datetktbl} and {@code
 * DecodeTimeOnly} in src/backend/utils/adt/datetime.c.
 */
final class RelativeTime {
    private static final List<String> WORDS = List.of("now", "today", "tomorrow", "yesterday");

    /** Words of a time that say nothing of its zone; ISO 8601 writes a T before it. */
    private static final List<String> ZONELESS = List.of("t", "am", "pm");

    /** What may stand beside a date or time in the text of an array, a range or a row. */
    private static final String EDGES = "(),[]{}\"\\";

    private RelativeTime() {}

    /** Refuses a text that is nothing but dates and times. */
    static void refuse(String text) {
        for (int start = nextWord(text, 0); start < text.length(); ) {
            int end = endOfWord(text, start);
            if (isOneOf(WORDS, text, start, end)) {
                throw relative();
            }
            start = nextWord(text, end);
        }
    }

    /** Refuses a text in which there may be other things than dates and times, where one of these words stands alone. */
    static void refuseAlone(String text) {
        for (int start = nextWord(text, 0); start < text.length(); ) {
            int end = endOfWord(text, start);
            if (isOneOf(WORDS, text, start, end) && isEdge(text, start, -1) && isEdge(text, end - 1, 1)) {
                throw relative();
            }
            start = nextWord(text, end);
        }
    }

    /** Refuses a time of day without offset for {@code timetz}, which PostgreSQL would give the offset of the day. */
    static void refuseWithoutOffset(String text) {
        boolean offset = text.indexOf('+') >= 0 || text.indexOf('-') >= 0;
        for (int start = nextWord(text, 0); !offset && start < text.length(); ) {
            int end = endOfWord(text, start);
            offset = !isOneOf(ZONELESS, text, start, end);
            start = nextWord(text, end);
        }
        if (!offset) {
            throw new UnfitValueException(
                    "the time has no offset from UTC, and that of db.timezone depends on the day",
                    "Produce the time with its offset, make the column time, or set db.timezone to a fixed offset");
        }
    }

    private static boolean isOneOf(List<String> words, String text, int start, int end) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.length() == end - start && text.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether what comes next in that direction, without blanks, ends the value. */
    private static boolean isEdge(String text, int from, int step) {
        int position = from + step;
        while (position >= 0 && position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position += step;
        }
        return position < 0 || position >= text.length() || EDGES.indexOf(text.charAt(position)) >= 0;
    }

    private static int nextWord(String text, int from) {
        int position = from;
        while (position < text.length() && !isLetter(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private static int endOfWord(String text, int start) {
        int position = start;
        while (position < text.length() && isLetter(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static UnfitValueException relative() {
        return new UnfitValueException(
                "the text names a moment by when it is read, such as now or today, so that a record that is read again "
                        + "would write another value",
                "Produce the date or time itself, or make the column text");
    }
}
