package io.sluice.cdc;

/**
 * A column whose values do not reach the topic as they are in the source, so that no sink could write them. What is
 * left of them is compared.
 *
 * @param table with its schema
 * @param comparedAs what is compared instead of the column: an expression of PostgreSQL in which {@code %s} stands for
 *     it, or {@link #NOTHING}, or {@link #NOT_STREAMED}
 */
record Limit(String table, String column, String comparedAs, Occurrence occurrence, String reason) {

    /** Whether a load can do without meeting the limit. */
    enum Occurrence {
        ALWAYS,
        SOMETIMES
    }

    static final String NOTHING = "NULL";

    /** Nothing, and Debezium is told to leave the column out, since what it gives is no value of the column's type. */
    static final String NOT_STREAMED = "NULL::text";

    /** Nothing of the column can be compared. */
    static Limit lost(String table, String column, String reason) {
        return new Limit(table, column, NOTHING, Occurrence.ALWAYS, reason);
    }

    /** Nothing of the column can be compared, though it may be as it is in the source. */
    static Limit sometimesLost(String table, String column, String reason) {
        return new Limit(table, column, NOTHING, Occurrence.SOMETIMES, reason);
    }

    /** Something of the column can be compared. */
    static Limit comparedAs(String expression, String table, String column, String reason) {
        return new Limit(table, column, expression, Occurrence.ALWAYS, reason);
    }

    /** What Debezium gives would be refused. */
    static Limit notStreamed(String table, String column, String reason) {
        return new Limit(table, column, NOT_STREAMED, Occurrence.ALWAYS, reason);
    }

    boolean isStreamed() {
        return !comparedAs.equals(NOT_STREAMED);
    }

    boolean isLoss() {
        return !isStreamed() || comparedAs.equals(NOTHING);
    }

    boolean isOn(TableDefinition definition, String columnName) {
        return definition.qualifiedName().equals(table) && column.equals(columnName);
    }
}
