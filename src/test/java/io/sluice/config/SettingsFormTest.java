package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which a form that is generated from the settings is pleasant. */
final class SettingsFormTest {
    private static final Collection<ConfigKey> KEYS =
            SinkConfig.definition().configKeys().values();
    private static final Pattern TITLE_CASE = Pattern.compile("[A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*");
    private static final Pattern FIRST_SENTENCE =
            Pattern.compile("[A-Z][^.]*(\\.[^. ][^.]*)*\\.( .*)?", Pattern.DOTALL);

    /** Settings with a form of their own, which no list of choices can give. */
    private static final Set<String> FREE_FORMS = Set.of(
            "connection.url",
            "table.name.format",
            "db.timezone",
            "string.output.value.column.name",
            "unavailable.value",
            "offsets.table",
            "errors.table");

    @Test
    void aDisplayNameIsATitleOfItsOwn() {
        for (ConfigKey key : KEYS) {
            assertThat(key.displayName)
                    .as(key.name)
                    .matches(TITLE_CASE)
                    .hasSizeLessThanOrEqualTo(40)
                    .isNotEqualToIgnoringCase(key.name.replace('.', ' '));
        }
        assertThat(KEYS).extracting(key -> key.displayName).doesNotHaveDuplicates();
    }

    /** Some forms show documentation as HTML, and some tools nothing but its first sentence. */
    @Test
    void documentationIsSentencesOfWhichTheFirstStandsAlone() {
        for (ConfigKey key : KEYS) {
            assertThat(key.documentation)
                    .as(key.name)
                    .matches(FIRST_SENTENCE)
                    .endsWith(".")
                    .doesNotContain("<", ">", "&");
            String first = key.documentation.split("\\. ", 2)[0];
            assertThat(first.length()).as("%s: %s", key.name, first).isBetween(15, 140);
        }
    }

    @Test
    void documentationNamesTheUnit() {
        for (ConfigKey key : KEYS) {
            if (key.name.endsWith(".ms")) {
                assertThat(key.documentation).as(key.name).contains("milliseconds");
            }
            if (key.name.endsWith(".bytes")) {
                assertThat(key.documentation).as(key.name).contains("bytes");
            }
        }
    }

    @Test
    void groupsStandTogetherAndCountTheirSettings() {
        List<String> groups = new ArrayList<>();
        int order = 0;
        for (ConfigKey key : KEYS) {
            boolean sameGroup =
                    !groups.isEmpty() && groups.get(groups.size() - 1).equals(key.group);
            if (!sameGroup) {
                groups.add(key.group);
                order = 0;
            }
            assertThat(key.orderInGroup).as(key.name).isEqualTo(++order);
        }
        assertThat(groups).doesNotHaveDuplicates().allMatch(group -> group.length() <= 20);
        assertThat(SinkConfig.definition().groups()).containsExactlyElementsOf(groups);
    }

    @Test
    void everyChoiceIsOfferedAndNothingElsePasses() {
        Set<String> choices = new HashSet<>();
        for (ConfigKey key : KEYS) {
            for (Object choice : key.recommender.validValues(key.name, Map.of())) {
                choices.add(key.name);
                key.validator.ensureValid(key.name, choice);
                key.validator.ensureValid(key.name, choice.toString().toUpperCase(Locale.ROOT));
            }
        }
        assertThat(choices).isNotEmpty();
        for (ConfigKey key : KEYS) {
            boolean checkedText = key.type == ConfigDef.Type.STRING && key.validator != null;
            assertThat(checkedText && !FREE_FORMS.contains(key.name))
                    .as(key.name)
                    .isEqualTo(choices.contains(key.name));
            if (choices.contains(key.name)) {
                assertThatThrownBy(() -> key.validator.ensureValid(key.name, "none of them"))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageStartingWith(key.name);
            }
        }
    }

    @Test
    void numbersHaveARange() {
        assertThat(KEYS)
                .filteredOn(key -> key.type == ConfigDef.Type.INT || key.type == ConfigDef.Type.LONG)
                .allMatch(key -> key.validator instanceof ConfigDef.Range);
    }

    @Test
    void aNewcomerHasToLookAtFewSettings() {
        assertThat(KEYS)
                .filteredOn(key -> key.importance == ConfigDef.Importance.HIGH)
                .hasSizeBetween(6, 8);
    }

    @Test
    void secretsAreHidden() {
        assertThat(KEYS)
                .filteredOn(key -> key.name.matches(".*(password|secret|token).*"))
                .isNotEmpty()
                .allMatch(key -> key.type == ConfigDef.Type.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "pk.fields, pk.mode, auto, none",
        "evolve.widen, auto.evolve, true, false",
        "timestamp.precision.mode, timestamp.fields.list, at, ''",
        "truncate.enabled, record.format, debezium, JSON",
        "version.column, insert.mode, update, insert",
        "skip.unchanged, insert.mode, upsert, Insert",
        "connection.validation.timeout.ms, validation.level, connect, syntax",
        "offsets.table, delivery.guarantee, exactly_once, at_least_once",
        "exactly.once.id, delivery.guarantee, at_most_once, AT_LEAST_ONCE",
    })
    void aSettingThatDependsOnAnotherIsShownOnlyWhereItMatters(String key, String other, String shown, String hidden) {
        assertThat(isVisible(key, other, shown)).isTrue();
        assertThat(isVisible(key, other, hidden)).isFalse();
        assertThat(SinkConfig.definition().configKeys().get(other).dependents).contains(key);
    }

    @Test
    void theOthersAreAlwaysShown() {
        assertThat(KEYS).filteredOn(key -> key.dependents.isEmpty()).isNotEmpty();
        assertThat(SinkConfig.validate(Problems.complete(Map.of())))
                .filteredOn(value -> !value.visible())
                .extracting(value -> value.name())
                .containsExactlyInAnyOrder(
                        "evolve.widen",
                        "timestamp.precision.mode",
                        "exactly.once.id",
                        "offsets.table",
                        "exactly.once.on.mismatch");
    }

    private static boolean isVisible(String key, String other, String value) {
        return SinkConfig.validate(Problems.complete(Map.of(other, value))).stream()
                .filter(candidate -> candidate.name().equals(key))
                .findFirst()
                .orElseThrow()
                .visible();
    }
}
