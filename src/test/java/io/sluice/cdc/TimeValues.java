package io.sluice.cdc;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;

/** Dates, times and spans of time. */
final class TimeValues {

    private static final long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(2199, 12, 31).toEpochDay();
    private static final int SECONDS_A_DAY = 86_400;

    private TimeValues() {}

    static Values date() {
        return random -> LocalDate.ofEpochDay(FIRST_DAY + random.nextInt((int) (LAST_DAY - FIRST_DAY)))
                .toString();
    }

    /** With up to this many digits of a second's fraction. */
    static Values time(int digits) {
        return random -> clock(random.nextInt(SECONDS_A_DAY)) + fraction(random, digits);
    }

    static Values timestamp(int digits) {
        return random -> date().next(random) + " " + time(digits).next(random);
    }

    /** A moment or a time of day, in one of these zones. */
    static Values zoned(Values local, String... zones) {
        return random -> local.next(random) + Values.oneOf(zones).next(random);
    }

    /** Hours, minutes and seconds alone, of either sign. */
    static Values duration(int digits) {
        return random ->
                (random.nextBoolean() ? "-" : "") + clock(random.nextInt(1_000_000)) + fraction(random, digits);
    }

    /** Months, days and a time, each with a sign of its own. */
    static Values interval() {
        return random -> random.nextInt(-30, 31) + " years " + random.nextInt(-11, 12) + " mons "
                + random.nextInt(-60, 61) + " days " + duration(6).next(random);
    }

    private static String clock(int seconds) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String fraction(Random random, int digits) {
        StringBuilder fraction = new StringBuilder(random.nextInt(4) == 0 || digits == 0 ? "" : ".");
        for (int i = 0; i < digits && fraction.length() > 0; i++) {
            fraction.append(random.nextInt(10));
        }
        return fraction.toString();
    }
}
