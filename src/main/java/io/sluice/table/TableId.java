package io.sluice.table;

/**
 * The name of a table as the configuration gives it.
 *
 * @param schema its schema, empty where the session's search path decides
 * @param name its name
 */
public record TableId(String schema, String name) {
    /** The name in SQL, each part quoted. */
    public String sql() {
        return schema.isEmpty() ? Identifiers.quote(name) : Identifiers.quote(schema) + "." + Identifiers.quote(name);
    }

    @Override
    public String toString() {
        return sql();
    }
}
