package io.sluice.config;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What is looked at before the connector starts.
 *
 * @param level how far validation goes
 * @param timeout budget of everything that it asks of PostgreSQL
 */
public record ValidationConfig(ValidationLevel level, Duration timeout) {
    public static final String LEVEL = "validation.level";
    public static final String TIMEOUT = "connection.validation.timeout.ms";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Validation");
        Setting.choice(LEVEL, ValidationLevel.TARGET)
                .importance(ConfigDef.Importance.LOW)
                .governs(TIMEOUT)
                .define(
                        group,
                        "What Is Checked",
                        "How far a configuration is checked before it is accepted. syntax looks at the configuration "
                                + "alone, connect also logs in, and target also looks at the tables, keys and "
                                + "privileges of the named topics. Lower it where the worker that validates cannot "
                                + "reach PostgreSQL.");
        Setting.optional(TIMEOUT, ConfigDef.Type.LONG, 10_000L)
                .check(ConfigDef.Range.between(100, 60_000))
                .importance(ConfigDef.Importance.LOW)
                .visibleUnless(LEVEL, "syntax")
                .define(
                        group,
                        "Time For Checks",
                        "Longest time in milliseconds that all checks against PostgreSQL take together, 10000 unless "
                                + "told. Raise it for a server that is far away or slow to accept connections.");
    }

    static ValidationConfig from(AbstractConfig config) {
        return new ValidationConfig(
                Setting.parseChoice(ValidationLevel.class, config.getString(LEVEL)),
                Duration.ofMillis(config.getLong(TIMEOUT)));
    }
}
