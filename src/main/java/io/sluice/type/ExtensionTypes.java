package io.sluice.type;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Types of extensions that the database has.
 *
 * @param sqlNames their names in SQL, quoted and qualified where that is needed, by their names in {@code pg_type}
 */
public record ExtensionTypes(Map<String, String> sqlNames) {
    /** Those that columns are made of, where they are there. */
    public static final Set<String> KNOWN =
            Set.of("hstore", "ltree", "citext", "geometry", "geography", "vector", "halfvec", "sparsevec");

    /** A database without extensions. */
    public static final ExtensionTypes NONE = new ExtensionTypes(Map.of());

    public ExtensionTypes {
        sqlNames = Map.copyOf(sqlNames);
    }

    /** The type's name in SQL; empty where the database does not have it. */
    Optional<String> find(String name) {
        return Optional.ofNullable(sqlNames.get(name));
    }
}
