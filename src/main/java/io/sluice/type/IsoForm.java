package io.sluice.type;

/**
 * The common forms of ISO 8601, as the extended format has them: {@code 2026-11-25}, {@code 2026-11-25T23:59:59.999999}
 * and the same with {@code Z} or an offset like {@code +05:30}; a blank may stand for the {@code T}. Years have four
 * digits, a second has six decimals at most, and the day exists. Whatever else a text is, it may be a date or a time too.
 */
enum IsoForm {
    DATE,
    LOCAL,
    INSTANT,
    OTHER;

    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int MICRO_DIGITS = 6;
    /** PostgreSQL takes less than sixteen hours. Source: {@code MAX_TZDISP_HOUR} in src/include/datatype/timestamp.h. */
    private static final int MOST_OFFSET_HOURS = 15;

    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    boolean hasTime() {
        return this == LOCAL || this == INSTANT;
    }

    static IsoForm of(String text) {
        int length = text.length();
        if (length < DATE_LENGTH || !isDate(text)) {
            return OTHER;
        }
        if (length == DATE_LENGTH) {
            return DATE;
        }
        if (length < SECONDS_LENGTH || !isTime(text)) {
            return OTHER;
        }
        int end = afterFraction(text);
        if (end == length) {
            return LOCAL;
        }
        return isOffset(text, end) ? INSTANT : OTHER;
    }

    private static boolean isDate(String text) {
        int year = two(text, 0) * 100 + two(text, 2);
        int month = two(text, 5);
        int day = two(text, 8);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && two(text, 0) >= 0
                && two(text, 2) >= 0
                && year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= days(year, month);
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : MONTH_DAYS[month - 1];
    }

    private static boolean isTime(String text) {
        char separator = text.charAt(DATE_LENGTH);
        return (separator == 'T' || separator == ' ')
                && isBelow(text, 11, 24)
                && text.charAt(13) == ':'
                && isBelow(text, 14, 60)
                && text.charAt(16) == ':'
                && isBelow(text, 17, 60);
    }

    /** Where the fraction of a second ends; where the seconds end if it is none that is exact in microseconds. */
    private static int afterFraction(String text) {
        if (SECONDS_LENGTH == text.length() || text.charAt(SECONDS_LENGTH) != '.') {
            return SECONDS_LENGTH;
        }
        int end = SECONDS_LENGTH + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        int digits = end - SECONDS_LENGTH - 1;
        return digits >= 1 && digits <= MICRO_DIGITS ? end : SECONDS_LENGTH;
    }

    private static boolean isOffset(String text, int start) {
        if (text.charAt(start) == 'Z') {
            return start + 1 == text.length();
        }
        return text.length() == start + 6
                && (text.charAt(start) == '+' || text.charAt(start) == '-')
                && isBelow(text, start + 1, MOST_OFFSET_HOURS + 1)
                && text.charAt(start + 3) == ':'
                && isBelow(text, start + 4, 60);
    }

    private static boolean isBelow(String text, int start, int limit) {
        int value = two(text, start);
        return value >= 0 && value < limit;
    }

    /** The number of two digits; negative where they are none. */
    private static int two(String text, int start) {
        char tens = text.charAt(start);
        char ones = text.charAt(start + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
