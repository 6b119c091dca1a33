package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnknownKeysTest {

    @ParameterizedTest
    @CsvSource({
        "pk.filds, pk.fields",
        "pk.mdoe, pk.mode",
        "PK.MODE, pk.mode",
        "insert.modes, insert.mode",
        "auto_create, auto.create",
        "batchsize, batch.size",
        "table.name.fromat, table.name.format",
        "topics.to.table.mapping, topics.to.tables.mapping",
        "field.whitelist, fields.whitelist",
        "primary.key.field, primary.key.fields",
        "schema.evolutoin, schema.evolution",
        "quote.sql.identifier, quote.sql.identifiers",
        "retry.backof.ms, retry.backoff.ms",
        "connection.pasword, connection.password",
        "connection.users, connection.user",
        "connection.urll, connection.url",
        "connection.usernme, connection.username",
        "connection.sslMode, connection.sslmode",
        "connection.attempt, connection.attempts",
        "task.max, tasks.max",
        "topic.regex, topics.regex",
    })
    void aSlipOfThePenIsAnErrorThatNamesWhatWasMeant(String key, String meant) {
        assertThat(Problems.of(key, "1"))
                .containsOnlyKeys(key)
                .hasEntrySatisfying(
                        key,
                        messages -> assertThat(messages)
                                .containsExactly(key + ": there is no such setting. Did you mean " + meant + "?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errors.tolerance",
                "errors.deadletterqueue.topic.name",
                "transforms",
                "transforms.pk.mode",
                "predicates.isTombstone.type",
                "consumer.override.max.poll.records",
                "admin.override.bootstrap.servers",
                "key.converter",
                "key.converter.schemas.enable",
                "value.converter.plugin.version",
                "header.converter",
                "topics",
                "topics.regex",
                "tasks.max",
                "name",
                "connector.class",
                "connector.plugin.version",
                "config.action.reload",
                "exactly.once.support",
                "connection.sslmode",
                "connection.sslrootcert",
                "connection.ApplicationName",
                "connection.reWriteBatchedInserts",
                "connection.propertyOfANewerDriver",
                "somebody.elses.setting",
            })
    void keysOfOthersPass(String key) {
        assertThat(Problems.of(key, "1")).isEmpty();
    }

    @Test
    void everySettingOfOursIsFurtherFromTheOthersThanAPen() {
        for (String key : SinkConfig.definition().names()) {
            assertThat(Problems.of(key, ""))
                    .as(key)
                    .noneSatisfy(
                            (other, messages) -> assertThat(messages.toString()).contains("Did you mean"));
        }
    }

    @Test
    void countsLettersThatChangedPlacesOnce() {
        assertThat(Spelling.distance("mode", "mdoe")).isEqualTo(1);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
        assertThat(Spelling.distance("Mode", "mode")).isZero();
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    }

    /** The driver ignores what it does not know, so that rows would go where nobody wants them. */
    @ParameterizedTest
    @CsvSource({
        "currentschema, currentSchema",
        "SSLMODE, sslmode",
        "ApplicationNAME, ApplicationName",
        "sockettimeout, socketTimeout",
        "preparethreshold, prepareThreshold",
    })
    void aPropertyOfTheUrlInAnotherSpellingIsAnError(String property, String meant) {
        String url = "jdbc:postgresql://localhost/shop?tcpKeepAlive=true&" + property + "=s3cret";

        assertThat(Problems.of("connection.url", url)).containsOnlyKeys("connection.url");
        assertThat(Problems.of("connection.url", url).get("connection.url"))
                .singleElement()
                .asString()
                .contains(property, "Did you mean " + meant + "?")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"currentSchema=a", "host=h&port=1&dbname=d", "somethingAltogetherNewerThanThis=1", "", "&"})
    void otherPropertiesOfTheUrlPass(String properties) {
        assertThat(Problems.of("connection.url", "jdbc:postgresql://localhost/shop?" + properties))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "", "99999999999999999999", "3"})
    void theNumberOfATaskIsNotForAConnector(String number) {
        assertThat(Problems.of("__sluice.task.id", number)).containsOnlyKeys("__sluice.task.id");
        assertThat(Problems.parse("__sluice.task.id", number).identity().connector())
                .isNotEmpty();
    }
}
