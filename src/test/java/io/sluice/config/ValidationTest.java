package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

final class ValidationTest {

    @Test
    void theSmallestConfigurationHasNoProblem() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void findsEveryProblemAtOnceAndEachOnItsKey() {
        Map<String, List<String>> problems = problems(Map.of(
                "connection.url", "jdbc:mysql://user:hunter2@db/shop",
                "insert.mode", "upsrt",
                "batch.size", "many",
                "write.parallelism", "0",
                "db.timezone", "Middle/Earth",
                "topics.to.tables.mapping", "orders",
                "table.name.format", "${table}",
                "delete.enabled", "true",
                "pk.mode", "kafka",
                "pk.fields", "a,b"));

        assertThat(problems.keySet())
                .containsExactlyInAnyOrder(
                        "connection.url",
                        "insert.mode",
                        "batch.size",
                        "write.parallelism",
                        "db.timezone",
                        "topics.to.tables.mapping",
                        "table.name.format",
                        "delete.enabled",
                        "pk.fields");
        problems.forEach((key, messages) -> assertThat(messages).allMatch(message -> message.startsWith(key)));
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysThatTheUrlIsMissing() {
        Map<String, List<String>> problems = new TreeMap<>();
        SinkConfig.validate(Map.of()).forEach(value -> {
            if (!value.errorMessages().isEmpty()) {
                problems.put(value.name(), value.errorMessages());
            }
        });

        assertThat(problems).containsOnlyKeys("connection.url");
    }

    @Test
    void anUpsertWithoutKeyIsRefused() {
        assertThat(problems(Map.of("pk.mode", "none"))).containsOnlyKeys("pk.mode");
        assertThat(problems(Map.of("pk.mode", "NONE", "insert.mode", "Insert"))).isEmpty();
    }

    @Test
    void wideningIsAPartOfEvolving() {
        assertThat(problems(Map.of("evolve.widen", "true"))).containsOnlyKeys("evolve.widen");
        assertThat(problems(Map.of("evolve.widen", "true", "auto.evolve", "true")))
                .isEmpty();
    }

    @Test
    void theLongestBackoffIsNotShorterThanTheFirst() {
        assertThat(problems(Map.of("retry.backoff.ms", "500", "retry.backoff.max.ms", "100")))
                .containsOnlyKeys("retry.backoff.max.ms");
    }

    @Test
    void understandsTheNamesOfOtherConnectors() {
        SinkConfig config = SinkConfig.parse(with(Map.of(
                "connection.username", "sluice",
                "primary.key.mode", "record_value",
                "primary.key.fields", "id,part",
                "collection.name.format", "shop.${topic}")));

        assertThat(config.connection().user()).isEqualTo("sluice");
        assertThat(config.records().keys().mode()).isEqualTo(KeyMode.RECORD_VALUE);
        assertThat(config.records().keys().fields()).containsExactly("id", "part");
        assertThat(config.tables().nameFormat()).isEqualTo("shop.${topic}");
        assertThat(config.connection().driverProperties()).isEmpty();
    }

    @Test
    void twoNamesOfOneSettingWithTwoValuesAreRefused() {
        assertThat(problems(Map.of("pk.mode", "kafka", "primary.key.mode", "record_key")))
                .containsOnlyKeys("primary.key.mode");
    }

    @Test
    void handsOtherConnectionKeysToTheDriver() {
        SinkConfig config = SinkConfig.parse(with(Map.of("connection.sslmode", "require")));

        assertThat(config.connection().driverProperties()).containsExactly(Map.entry("sslmode", "require"));
    }

    @Test
    void neverPrintsAPassword() {
        SinkConfig config = SinkConfig.parse(with(
                Map.of("connection.password", "hunter2", "connection.url", "jdbc:postgresql://h/d?password=hunter3")));

        assertThat(config.toString()).doesNotContain("hunter");
    }

    @Test
    void everySettingIsFitForAForm() {
        ConfigDef definition = SinkConfig.definition();
        String group = "";
        java.util.Set<String> groups = new java.util.HashSet<>();
        for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
            assertThat(key.displayName).as(key.name).isNotBlank().hasSizeLessThanOrEqualTo(40);
            assertThat(key.displayName).as(key.name).isNotEqualToIgnoringCase(key.name.replace('.', ' '));
            assertThat(key.documentation).as(key.name).endsWith(".").doesNotContain("<", "&");
            if (!group.equals(key.group)) {
                assertThat(groups.add(key.group))
                        .as("group %s stands together", key.group)
                        .isTrue();
                group = key.group;
            }
        }
    }

    @Test
    void aTaskKnowsItsNumber() {
        SinkConfig config = SinkConfig.parse(TaskIdentity.numbered(with(Map.of("name", "orders")), 3));

        assertThat(config.identity()).isEqualTo(new TaskIdentity("orders", 3)).hasToString("orders-3");
    }

    @Test
    void aMalformedSettingFailsTheTaskToo() {
        assertThatThrownBy(() -> SinkConfig.parse(with(Map.of("pk.mode", "maybe"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pk.mode")
                .hasMessageContaining("record_key");
    }

    private static Map<String, List<String>> problems(Map<String, String> settings) {
        Map<String, List<String>> problems = new TreeMap<>();
        SinkConfig.validate(with(settings)).forEach(value -> {
            if (!value.errorMessages().isEmpty()) {
                problems.put(value.name(), value.errorMessages());
            }
        });
        return problems;
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("connection.url", "jdbc:postgresql://localhost/shop");
        all.putAll(settings);
        return all;
    }
}
