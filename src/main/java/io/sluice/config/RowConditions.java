package io.sluice.config;

/**
 * When an upsert leaves the row that is there alone.
 *
 * @param versionColumn a row is replaced only by one whose value in this column is newer or equal; empty for always
 * @param skipUnchanged whether an upsert that would change nothing writes nothing
 */
public record RowConditions(String versionColumn, boolean skipUnchanged) {}
