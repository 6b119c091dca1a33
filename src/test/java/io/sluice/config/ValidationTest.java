package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void namesOfTablesFitPostgres() {
        String longName = "t".repeat(64);
        for (String name :
                List.of(longName, "shop." + longName, "pg_temp.t", "\"pg_catalog\".t", "information_schema.t")) {
            assertThat(problems(Map.of(
                            "errors.tolerance", "all",
                            "errors.table", name,
                            "offsets.table", name,
                            "table.name.format", name,
                            "topics.to.tables.mapping", "orders:" + name)))
                    .as(name)
                    .containsOnlyKeys("errors.table", "offsets.table", "table.name.format", "topics.to.tables.mapping");
        }
        assertThat(problems(Map.of("table.name.format", "pg_catalog.${topic}"))).containsOnlyKeys("table.name.format");
        assertThat(problems(Map.of("table.name.format", "\"a\"\".b\".${topic}", "offsets.table", "t".repeat(63))))
                .isEmpty();
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

    /** Connect takes a configuration in which a value is null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "consumer.override.isolation.level",
                "connection.preferQueryMode",
                "errors.tolerance",
                "table.name.format"
            })
    void aSettingWithoutAValueIsNotGiven(String key) {
        Map<String, String> settings = new HashMap<>(Map.of("delivery.guarantee", "at_least_once"));
        settings.put(key, null);

        assertThat(problems(settings)).isEmpty();
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${topic}                          |
            shop.${topic}                     |
            "${topic}"                        |
            ${topic.1}_${topic.-1}            |
            ${field.kind}.${header.table}     |
            ${source.schema}.${source.table}  |
            ${topic.0}                        | ${topic.0} is not a placeholder
            ${topic.x}                        | ${topic.x} is not a placeholder
            ${table}                          | ${table} is not a placeholder
            ${field.}                         | ${field.} is not a placeholder
            ${topic                           | a placeholder is not closed
            "shop.${topic}                    | a double quote is not closed
            a.b.${topic}                      | more than two parts
            shop.                             | a part is empty
            """)
    void knowsThePlaceholdersOfTableNames(String format, String problem) {
        List<String> messages =
                problems(Map.of("table.name.format", format)).getOrDefault("table.name.format", List.of());

        if (problem == null) {
            assertThat(messages).isEmpty();
        } else {
            assertThat(messages)
                    .singleElement()
                    .asString()
                    .startsWith("table.name.format")
                    .contains(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://localhost/shop, true",
        "jdbc:postgresql://localhost:5432/shop?sslmode=require, true",
        "'jdbc:postgresql://one:5432,two:5433/shop?targetServerType=primary', true",
        "jdbc:postgresql://[2001:db8::1]:5432/shop, true",
        "jdbc:postgresql:shop, true",
        "jdbc:postgresql://localhost, true",
        "jdbc:postgresql://localhost:port/shop, false",
        "jdbc:postgresql://user:secret@localhost/shop, false",
        "jdbc:mysql://localhost/shop, false",
        "localhost, false",
    })
    void readsAUrlAsTheDriverWill(String url, boolean valid) {
        Map<String, List<String>> problems = problems(Map.of("connection.url", url));

        assertThat(problems.isEmpty()).isEqualTo(valid);
        assertThat(problems.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fields.rename            | a
            fields.rename            | a:b,a:c
            fields.rename            | a:c,b:c
            fields.rename            | orders:a:b:c
            fields.whitelist         | orders:
            topics.to.tables.mapping | orders:a,orders:b
            topics.to.tables.mapping | orders
            topics.to.tables.mapping | orders:${topic.last}
            topics.to.tables.mapping | orders:a.b.c
            topics.to.tables.mapping | orders:"a
            unavailable.value        | ' '
            record.format            | avro
            nul.characters           | ignore
            date.timezone            | Europe/Berlin
            validation.level         | all
            connection.validation.timeout.ms | 0
            """)
    void refusesWhatASettingCannotMean(String key, String value) {
        assertThat(problems(Map.of(key, value)))
                .containsOnlyKeys(key)
                .allSatisfy((blamed, messages) ->
                        assertThat(messages).singleElement().asString().startsWith(key));
    }

    @Test
    void readsEverySetting() {
        SinkConfig config = Problems.parse(
                "fields.rename", "a:b, orders:c:d",
                "timestamp.fields.list", "at,until",
                "replace.null.with.default", "false",
                "db.timezone", "America/New_York",
                "date.timezone", "db_timezone",
                "nul.characters", "Strip",
                "table.name.normalize", "true",
                "quote.sql.identifiers", "never",
                "version.column", " at ",
                "skip.unchanged", "true",
                "validation.level", "Connect",
                "connection.validation.timeout.ms", "2500");

        FieldConfig fields = config.records().fields();
        assertThat(fields.renames())
                .containsExactly(new FieldRename("", "a", "b"), new FieldRename("orders", "c", "d"));
        assertThat(fields.timestampFields()).containsExactlyInAnyOrder("at", "until");
        assertThat(fields.nulls()).isEqualTo(NullHandling.NULL);
        assertThat(fields.wholeValueColumn()).isEqualTo("record_value");
        assertThat(config.records().values())
                .isEqualTo(new ValueConfig(
                        ZoneId.of("America/New_York"),
                        ZoneId.of("America/New_York"),
                        CalendarSystem.PROLEPTIC_GREGORIAN,
                        NulCharacters.STRIP));
        assertThat(config.tables().names()).isEqualTo(new NameStyle(true, IdentifierCase.LOWER));
        assertThat(config.writes().conditions()).isEqualTo(new RowConditions("at", true));
        assertThat(config.validation())
                .isEqualTo(new ValidationConfig(ValidationLevel.CONNECT, Duration.ofMillis(2500)));
    }

    private static Map<String, List<String>> problems(Map<String, String> settings) {
        return Problems.of(settings);
    }

    private static Map<String, String> with(Map<String, String> settings) {
        return Problems.complete(settings);
    }
}
