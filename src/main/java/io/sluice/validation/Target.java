package io.sluice.validation;

import io.sluice.table.TableId;

/**
 * A table that a topic is to be written to.
 *
 * @param nameKey the setting that names it
 * @param table its name, as the configuration gives it
 */
record Target(String topic, String nameKey, TableId table) {
    @Override
    public String toString() {
        return "table " + table + " of topic " + topic;
    }
}
