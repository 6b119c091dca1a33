package io.sluice.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * One setting on its way into a {@link ConfigDef}. It asks for everything that a generated form and the reference page
 * need, so that no setting can lack a group, a display name or a sentence of documentation.
 */
final class Setting {
    private final String key;
    private final ConfigDef.Type type;
    private @Nullable Object defaultValue = ConfigDef.NO_DEFAULT_VALUE;
    private ConfigDef.@Nullable Validator validator;
    private ConfigDef.@Nullable Recommender recommender;
    private ConfigDef.Importance importance = ConfigDef.Importance.MEDIUM;
    private ConfigDef.Width width = ConfigDef.Width.MEDIUM;

    private Setting(String key, ConfigDef.Type type) {
        this.key = key;
        this.type = type;
    }

    static Setting required(String key, ConfigDef.Type type) {
        return new Setting(key, type);
    }

    static Setting optional(String key, ConfigDef.Type type, @Nullable Object defaultValue) {
        Setting setting = new Setting(key, type);
        setting.defaultValue = defaultValue;
        return setting;
    }

    /** An enumeration whose names are given in any case. */
    static <E extends Enum<E>> Setting choice(String key, E defaultValue) {
        Choice choice = new Choice(defaultValue.getDeclaringClass().getEnumConstants());
        Setting setting =
                optional(key, ConfigDef.Type.STRING, defaultValue.name().toLowerCase(Locale.ROOT));
        setting.validator = choice;
        setting.recommender = choice;
        return setting;
    }

    Setting check(ConfigDef.Validator check) {
        this.validator = check;
        return this;
    }

    Setting importance(ConfigDef.Importance level) {
        this.importance = level;
        return this;
    }

    Setting width(ConfigDef.Width fieldWidth) {
        this.width = fieldWidth;
        return this;
    }

    void define(SettingGroup group, String displayName, String documentation) {
        group.definition()
                .define(
                        key,
                        type,
                        defaultValue,
                        validator,
                        importance,
                        documentation,
                        group.name(),
                        group.nextOrder(),
                        width,
                        displayName,
                        List.of(),
                        recommender);
    }

    /** Reads what {@link Choice} has let pass. */
    static <E extends Enum<E>> E parseChoice(Class<E> type, String name) {
        return Enum.valueOf(type, name.trim().toUpperCase(Locale.ROOT));
    }

    /** Validates a name without regard to case, and offers the names to a form. */
    private record Choice(List<String> names) implements ConfigDef.Validator, ConfigDef.Recommender {
        Choice(Enum<?>[] constants) {
            this(Arrays.stream(constants)
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .toList());
        }

        @Override
        public void ensureValid(String key, @Nullable Object value) {
            if (value == null || !names.contains(value.toString().trim().toLowerCase(Locale.ROOT))) {
                throw new ConfigException(key + ": '" + value + "' is not one of its values. Use one of " + this + ".");
            }
        }

        @Override
        public List<Object> validValues(String key, Map<String, Object> parsed) {
            return List.copyOf(names);
        }

        @Override
        public boolean visible(String key, Map<String, Object> parsed) {
            return true;
        }

        @Override
        public String toString() {
            return names.stream().collect(Collectors.joining(", "));
        }
    }
}
