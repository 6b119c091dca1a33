package io.sluice.config;

/** How a producer counted the days before the 15th of October 1582. */
public enum CalendarSystem {
    /** By the Julian calendar, as {@link java.util.GregorianCalendar} does. */
    LEGACY,
    /** By the Gregorian calendar for all times, as {@code java.time}, ISO 8601 and PostgreSQL do. */
    PROLEPTIC_GREGORIAN
}
