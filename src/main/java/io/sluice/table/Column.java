package io.sluice.table;

import io.sluice.type.PgType;

/**
 * A column of an existing table.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it refuses NULL
 * @param hasDefault whether PostgreSQL fills it where nothing is given: a default, an identity, a generated column
 */
public record Column(String name, PgType type, boolean notNull, boolean hasDefault) {}
