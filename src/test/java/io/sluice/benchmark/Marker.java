package io.sluice.benchmark;

import java.util.OptionalLong;

/** A row as it has to be in the end: written by the change of this number, or not there at all. */
record Marker(String table, long id, OptionalLong seq) {}
