package io.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** All settings of one task. */
public record SinkConfig(
        TaskIdentity identity,
        ConnectionConfig connection,
        ValidationConfig validation,
        RecordConfig records,
        TableConfig tables,
        WriteConfig writes,
        FlowConfig flow,
        FailureConfig failures) {

    /** The settings as Connect shows and validates them. */
    public static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        ConnectionConfig.define(definition);
        ValidationConfig.define(definition);
        RecordConfig.define(definition);
        TableConfig.define(definition);
        WriteConfig.define(definition);
        FlowConfig.define(definition);
        FailureConfig.define(definition);
        return definition;
    }

    /**
     * Reads validated properties.
     *
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or malformed
     */
    public static SinkConfig parse(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(definition(), Aliases.resolve(properties), false);
        return new SinkConfig(
                TaskIdentity.from(properties),
                ConnectionConfig.from(config),
                ValidationConfig.from(config),
                RecordConfig.from(config),
                TableConfig.from(config),
                WriteConfig.from(config),
                FlowConfig.from(config),
                FailureConfig.from(config));
    }

    /** Finds every problem at once; each message stands on its own key, starts with its name and says what to do. */
    public static List<ConfigValue> validate(Map<String, String> properties) {
        Map<String, String> canonical = Aliases.resolve(properties);
        List<ConfigValue> values = new ArrayList<>(definition().validate(canonical));
        Aliases.conflicts(properties).forEach(values::add);
        for (ConfigValue value : values) {
            List<String> named = value.errorMessages().stream()
                    .map(message -> message.startsWith(value.name()) ? message : value.name() + ": " + message)
                    .toList();
            value.errorMessages().clear();
            value.errorMessages().addAll(named);
        }
        CrossChecks.check(values);
        return values;
    }
}
