package io.sluice.table;

import io.sluice.config.IdentifierCase;
import io.sluice.config.NameStyle;
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

    /** The name in SQL, each part quoted. */
    public String sql() {
        return schema.isEmpty() ? Identifiers.quote(name) : Identifiers.quote(schema) + "." + Identifiers.quote(name);
    }

    @Override
    public String toString() {
        return sql();
    }
}
