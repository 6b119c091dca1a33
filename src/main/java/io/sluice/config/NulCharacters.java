package io.sluice.config;

/** What becomes of 0x00 in text, which no text of PostgreSQL can hold. */
public enum NulCharacters {
    /** The record is bad. */
    FAIL,
    /** The character is left out. */
    STRIP,
    /** The character U+FFFD stands in for it. */
    REPLACE
}
