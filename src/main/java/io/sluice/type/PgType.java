package io.sluice.type;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type of PostgreSQL as a column has it. Of a domain this is the type below it, for values are of that type until they
 * are stored.
 *
 * @param name its name in {@code pg_type}, {@code int4} for example
 * @param sqlName its name in SQL, quoted and qualified where that is needed, without length or precision
 * @param builtIn whether it belongs to {@code pg_catalog}, so that its name says what it is
 * @param modifier length, precision and scale as {@code pg_attribute.atttypmod} has them, {@link #NO_MODIFIER} if none
 * @param domain whether the column's type is a domain over this one
 * @param bytewise whether the texts of values are equal just when their bytes are: as under every deterministic collation,
 *     unless a unique index of the column compares in another way, and for the labels of an enumeration; never for other
 *     types that are not built in
 * @param operators the schema in SQL whose operators compare values: an extension has its own
 * @param temporal whether it is a user's type with dates or times in it, a composite type for example
 * @param element of an array the type of its elements, otherwise null
 */
public record PgType(
        String name,
        String sqlName,
        boolean builtIn,
        int modifier,
        boolean domain,
        boolean bytewise,
        String operators,
        boolean temporal,
        @Nullable PgType element) {
    public static final int NO_MODIFIER = -1;
    /** The schema of PostgreSQL's own types, functions and operators. */
    public static final String CATALOG = "pg_catalog";

    /** Source of this and of the layout of a numeric's modifier: {@code VARHDRSZ} and {@code numeric.c}. */
    private static final int HEADER = 4;

    /** A type of {@code pg_catalog} without length or precision. */
    public static PgType builtIn(String name) {
        return new PgType(name, name, true, NO_MODIFIER, false, true, CATALOG, false, null);
    }

    /** This type with a length or precision. */
    public PgType withModifier(int other) {
        return new PgType(name, sqlName, builtIn, other, domain, bytewise, operators, temporal, element);
    }

    /** The array type of this one. */
    public PgType array() {
        return new PgType("_" + name, sqlName + "[]", builtIn, NO_MODIFIER, false, bytewise, CATALOG, temporal, this);
    }

    /** Whether the column has a length or precision, to which PostgreSQL may cut or round. */
    public boolean limited() {
        return modifier != NO_MODIFIER;
    }

    /** Its name in statements, which no type of that name elsewhere on the search path can take. */
    public String qualifiedName() {
        return builtIn ? CATALOG + "." + (name.equals("char") ? "\"char\"" : name) : sqlName;
    }

    /**
     * The type in SQL to which a value has to be cast to be what it would be once it is stored: it is rounded. It is never
     * cut, for what is too long is not stored at all, and {@code char} is compared without the blanks at its end.
     */
    public String comparedName() {
        if (element != null) {
            return element.domain ? qualifiedName() : element.comparedName() + "[]";
        }
        if (!builtIn) {
            return sqlName;
        }
        return switch (name) {
            case "bpchar" -> CATALOG + ".text";
            case "numeric" -> limited() ? qualifiedName() + "(" + precision() + ", " + scale() + ")" : qualifiedName();
            case "time", "timetz", "timestamp", "timestamptz" ->
                limited() ? qualifiedName() + "(" + modifier + ")" : qualifiedName();
            default -> qualifiedName();
        };
    }

    public Optional<PgType> elementType() {
        return Optional.ofNullable(element);
    }

    /** The most characters of a limited {@code varchar} or {@code char}. */
    int length() {
        return modifier - HEADER;
    }

    /** The most digits of a limited {@code numeric}. */
    int precision() {
        return ((modifier - HEADER) >>> 16) & 0xFFFF;
    }

    /** The digits after the point of a limited {@code numeric}; negative where it rounds to tens or more. */
    int scale() {
        return (((modifier - HEADER) & 0x7FF) ^ 0x400) - 0x400;
    }

    @Override
    public String toString() {
        return sqlName;
    }
}
