package io.sluice.table;

import io.sluice.config.IdentifierCase;
import io.sluice.config.NameStyle;
import io.sluice.record.Printable;
import java.util.List;

/**
 * The name of a table as the configuration gives it.
 *
 * @param schema its schema, empty where the session's search path decides
 * @param name its name
 */
public record TableId(String schema, String name) {
    /**
     * The table of a written name without placeholders, as {@code table} or {@code schema.table} with parts in double
     * quotes where they need it.
     */
    public static TableId parse(String written) {
        List<String> parts = new NameTemplate(written, new NameStyle(false, IdentifierCase.AS_IS)).parts(List.of());
        return parts.size() == 1 ? new TableId("", parts.get(0)) : new TableId(parts.get(0), parts.get(1));
    }

    /** Whether both names mean one table, where names without a schema are of that one. */
    boolean isSame(TableId other, String firstSchema) {
        return name.equals(other.name)
                && (schema.isEmpty() ? firstSchema : schema)
                        .equals(other.schema.isEmpty() ? firstSchema : other.schema);
    }

    /** The name in SQL, each part quoted. */
    public String sql() {
        return schema.isEmpty() ? Identifiers.quote(name) : Identifiers.quote(schema) + "." + Identifiers.quote(name);
    }

    /** The name for a message. */
    @Override
    public String toString() {
        return Printable.of(sql());
    }
}
