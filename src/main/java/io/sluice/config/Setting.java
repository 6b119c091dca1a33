package io.sluice.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
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
    private List<Object> choices = List.of();
    private List<String> dependents = List.of();
    private Predicate<Map<String, Object>> visible = parsed -> true;
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
        List<String> names = Arrays.stream(defaultValue.getDeclaringClass().getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return oneOf(key, defaultValue.name().toLowerCase(Locale.ROOT), names);
    }

    /** One of these words in any case, the first unless told. */
    static Setting words(String key, String... words) {
        return oneOf(key, words[0], List.of(words));
    }

    private static Setting oneOf(String key, String defaultValue, List<String> names) {
        Setting setting = optional(key, ConfigDef.Type.STRING, defaultValue);
        setting.validator = new Choice(names);
        setting.choices = List.copyOf(names);
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

    /** Names the settings whose visibility depends on this one. */
    Setting governs(String... keys) {
        this.dependents = List.of(keys);
        return this;
    }

    /** Shows this setting only where the other one is set: true, or not empty. */
    Setting visibleWith(String other) {
        this.visible = parsed -> isSet(parsed.get(other));
        return this;
    }

    /** Hides this setting where the other one has one of these values. */
    Setting visibleUnless(String other, String... hiding) {
        List<String> values = List.of(hiding);
        this.visible = parsed ->
                !values.contains(String.valueOf(parsed.get(other)).trim().toLowerCase(Locale.ROOT));
        return this;
    }

    private static boolean isSet(@Nullable Object value) {
        return Boolean.TRUE.equals(value) || (value instanceof List<?> list && !list.isEmpty());
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
                        dependents,
                        new Form(choices, visible));
    }

    /** Reads what {@link Choice} has let pass. */
    static <E extends Enum<E>> E parseChoice(Class<E> type, String name) {
        return Enum.valueOf(type, name.trim().toUpperCase(Locale.ROOT));
    }

    /** Validates a name without regard to case. */
    private record Choice(List<String> names) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String key, @Nullable Object value) {
            if (value == null || names.stream().noneMatch(value.toString().trim()::equalsIgnoreCase)) {
                throw new ConfigException(key + ": '" + value + "' is not one of its values. Use one of " + this + ".");
            }
        }

        @Override
        public String toString() {
            return String.join(", ", names);
        }
    }

    /** What a form offers, and when it shows the setting at all. */
    private record Form(List<Object> choices, Predicate<Map<String, Object>> shown) implements ConfigDef.Recommender {
        @Override
        public List<Object> validValues(String key, Map<String, Object> parsed) {
            return choices;
        }

        @Override
        public boolean visible(String key, Map<String, Object> parsed) {
            return shown.test(parsed);
        }
    }
}
