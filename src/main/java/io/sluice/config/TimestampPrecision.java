package io.sluice.config;

/** Unit of a number that counts from the start of 1970. */
public enum TimestampPrecision {
    MICROSECONDS,
    NANOSECONDS
}
