package io.sluice.type;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A date, a time or both as ISO 8601 writes them, with or without an offset, years of any number of digits and signs
 * included; or PostgreSQL's infinity. Fractions of a second are rounded to microseconds as PostgreSQL rounds them.
 */
final class IsoText {
    private static final int MICRO_DIGITS = 6;

    private final String text;
    private int position;
    private long days;
    private long micros;
    private int offsetSeconds;
    private long infinity;

    private IsoText(String text) {
        this.text = text;
    }

    /**
     * Reads a text.
     *
     * @throws UnfitValueException where it is none of these
     */
    static IsoText parse(String text) {
        IsoText iso = new IsoText(text.trim());
        try {
            iso.parse();
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            throw malformed();
        }
        return iso;
    }

    long date() {
        return infinity == 0 ? days : infinity;
    }

    long clock() {
        if (infinity != 0) {
            throw malformed();
        }
        return micros;
    }

    /** The wall-clock time, whatever the offset. */
    long local() {
        if (infinity != 0) {
            return infinity;
        }
        try {
            return Math.addExact(Math.multiplyExact(days, Epoch.DAY_MICROS), micros);
        } catch (ArithmeticException e) {
            throw Epoch.outOfRange();
        }
    }

    long instant() {
        return infinity != 0 ? infinity : local() - offsetSeconds * 1_000_000L;
    }

    /** Seconds to the east of UTC. */
    int offset() {
        return offsetSeconds;
    }

    private void parse() {
        if ("infinity".equalsIgnoreCase(text)) {
            infinity = Moment.INFINITY;
            return;
        }
        if ("-infinity".equalsIgnoreCase(text)) {
            infinity = Moment.MINUS_INFINITY;
            return;
        }
        // The text of a time has its colon where that of a date has its hyphen or another digit of the year.
        if (text.length() < 3 || text.charAt(2) != ':') {
            readDate();
            if (next('T') || next(' ')) {
                readTime();
            }
        } else {
            readTime();
        }
        zone();
        if (position != text.length()) {
            throw malformed();
        }
    }

    private void readDate() {
        boolean negative = next('-');
        if (!negative) {
            next('+');
        }
        int start = position;
        while (Character.isDigit(text.charAt(position))) {
            position++;
        }
        if (position - start < 4) {
            throw malformed();
        }
        int year = Integer.parseInt(text, start, position, 10);
        require('-');
        int month = two();
        require('-');
        int day = two();
        days = LocalDate.of(negative ? -year : year, month, day).toEpochDay() - Epoch.DAYS;
    }

    private void readTime() {
        int hour = two();
        require(':');
        int minute = two();
        int second = next(':') ? two() : 0;
        if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) {
            throw malformed();
        }
        micros = (hour * 3600L + minute * 60L + second) * 1_000_000L;
        if (next('.') || next(',')) {
            micros += fraction();
        }
        if (micros > Epoch.DAY_MICROS) {
            throw malformed();
        }
    }

    private long fraction() {
        int start = position;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw malformed();
        }
        long value = 0;
        for (int i = start; i < start + MICRO_DIGITS; i++) {
            value = value * 10 + (i < position ? Character.digit(text.charAt(i), 10) : 0);
        }
        int rest = 0;
        if (position > start + MICRO_DIGITS) {
            rest = Character.digit(text.charAt(start + MICRO_DIGITS), 10) * 2;
            for (int i = start + MICRO_DIGITS + 1; i < position && rest == 10; i++) {
                rest += text.charAt(i) == '0' ? 0 : 1;
            }
        }
        return rest > 10 || (rest == 10 && (value & 1) == 1) ? value + 1 : value;
    }

    private void zone() {
        if (position == text.length() || next('Z') || next('z')) {
            return;
        }
        boolean west = next('-');
        if (!west) {
            require('+');
        }
        int seconds = two() * 3600;
        if (position < text.length()) {
            next(':');
            seconds += two() * 60;
        }
        if (position < text.length()) {
            next(':');
            seconds += two();
        }
        offsetSeconds = west ? -seconds : seconds;
    }

    private int two() {
        int value = Character.digit(text.charAt(position), 10) * 10 + Character.digit(text.charAt(position + 1), 10);
        if (value < 0 || Character.digit(text.charAt(position + 1), 10) < 0) {
            throw malformed();
        }
        position += 2;
        return value;
    }

    private boolean next(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void require(char c) {
        if (!next(c)) {
            throw malformed();
        }
    }

    private static UnfitValueException malformed() {
        return new UnfitValueException(
                "the text is not a date or time in the form of ISO 8601",
                "Correct the producer, or make the column text");
    }
}
