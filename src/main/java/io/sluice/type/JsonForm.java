package io.sluice.type;

/** How values of one schema are written as JSON. Worked out once per schema. */
@FunctionalInterface
interface JsonForm {
    /** Writes a value, which is not null. */
    void write(Object value, JsonOutput out);
}
