package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ToleratedTest {

    @ParameterizedTest
    @CsvSource({
        "dialect.name, PostgreSqlDatabaseDialect",
        "table.types, TABLE",
        "mssql.use.merge.holdlock, true",
        "trim.sensitive.log, false",
        "connection.attempts, 3",
        "connection.backoff.ms, 10000",
        "connection.pool.min_size, 5",
        "connection.provider, io.debezium.Pool",
        "connection.restart.on.errors, true",
        "use.reduction.buffer, true",
        "flush.max.retries, 5",
        "flush.retry.delay.ms, 1000",
        "dialect.postgres.unnest.insert.enabled, true",
        "dialect.postgres.postgis.schema, public",
        "dialect.sqlserver.identity.insert, false",
        "hibernate.show_sql, true",
        "jdbc.credentials.provider.class, com.example.Provider",
        "jdbc.credentials.provider.region, eu",
        "collection.naming.strategy, io.debezium.connector.jdbc.naming.DefaultCollectionNamingStrategy",
        "column.naming.strategy, io.debezium.connector.jdbc.naming.DefaultColumnNamingStrategy",
        "internal.enable.sces, true",
    })
    void whatChangesNothingIsToldInTheLogAndNotToTheDriver(String key, String value) {
        assertThat(Problems.of(key, value)).isEmpty();
        assertThat(SinkConfig.notices(Map.of(key, value)))
                .singleElement()
                .asString()
                .startsWith("The setting " + key + " changes nothing here: ");
        assertThat(Problems.parse(key, value).connection().driverProperties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dialect.name, MySqlDatabaseDialect",
        "collection.naming.strategy, com.example.MyStrategy",
        "column.naming.strategy, com.example.MyStrategy",
        "cloud.events.schema.name.pattern, .*Mine",
    })
    void whatCannotBeDoneIsAnErrorThatSaysWhatCan(String key, String value) {
        assertThat(Problems.of(key, value))
                .containsOnlyKeys(key)
                .hasEntrySatisfying(
                        key,
                        messages -> assertThat(messages)
                                .singleElement()
                                .asString()
                                .startsWith(key)
                                .doesNotContain(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linger", "my.own.note"})
    void aKeyThatNobodyReadsIsToldInTheLog(String key) {
        assertThat(Problems.of(key, "1")).isEmpty();
        assertThat(SinkConfig.notices(Map.of(key, "1")))
                .singleElement()
                .asString()
                .contains(key);
    }

    @Test
    void aConfigurationOfOurOwnHasNoNotices() {
        Map<String, String> config = Problems.complete(Map.of(
                "name", "orders",
                "connector.class", "io.sluice.PostgresSinkConnector",
                "topics", "orders",
                "errors.tolerance", "all",
                "transforms.unwrap.type", "x",
                "connection.sslmode", "require",
                "primary.key.mode", "record_key"));

        assertThat(SinkConfig.notices(config)).isEmpty();
    }
}
