package io.sluice.config;

import org.apache.kafka.common.config.ConfigDef;

/** A section of the settings form; it numbers its settings in the order in which they are defined. */
final class SettingGroup {
    private final ConfigDef definition;
    private final String name;
    private int order;

    SettingGroup(ConfigDef definition, String name) {
        this.definition = definition;
        this.name = name;
    }

    ConfigDef definition() {
        return definition;
    }

    String name() {
        return name;
    }

    int nextOrder() {
        return ++order;
    }
}
