package io.sluice.cdc;

import java.util.UUID;
import java.util.function.IntFunction;

/** A column of a primary key, and what it holds for the key of a number. */
record KeyColumn(String name, String type, IntFunction<String> literal) {

    static KeyColumn bigint(String name) {
        return new KeyColumn(name, "bigint", Integer::toString);
    }

    static KeyColumn identity(String name) {
        return new KeyColumn(name, "bigint GENERATED ALWAYS AS IDENTITY", Integer::toString);
    }

    static KeyColumn uuid(String name) {
        return new KeyColumn(name, "uuid", number -> new UUID(number * 0x9E3779B97F4A7C15L, ~(long) number).toString());
    }

    static KeyColumn text(String name) {
        return new KeyColumn(name, "text", number -> "né " + number + " \"' \\");
    }

    static KeyColumn numeric(String name) {
        return new KeyColumn(name, "numeric(12,3)", number -> number + ".125");
    }

    static KeyColumn timestamptz(String name) {
        return new KeyColumn(name, "timestamptz", number -> "2024-02-29 23:59:59." + (100_000 + number) + "+00");
    }

    /** The type as a cast names it. */
    String castType() {
        return type.replaceFirst(" GENERATED.*", "");
    }
}
