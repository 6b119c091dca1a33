package io.sluice.cdc;

/** A column of a table under load. Values come at random; some are null unless the type says NOT NULL. */
record Column(String name, String type, Values values) {

    /** For one in so many values null is written. */
    static final int NULL_EVERY = 7;

    boolean isNullable() {
        return !type.contains("NOT NULL");
    }

    /** The type as a cast names it. */
    String castType() {
        return type.replaceFirst(" (NOT NULL|GENERATED|DEFAULT|PRIMARY KEY|STORAGE).*", "");
    }
}
