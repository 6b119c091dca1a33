package io.sluice.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a connection, at the setting to blame. */
@ExtendWith(HarnessExtension.class)
final class LoginIT {
    private static final Duration SLACK = Duration.ofSeconds(1);

    @Test
    void aGoodLoginHasNoProblem(Scenario test) {
        assertThat(Answers.to(test.database().connectionConfig())).isEmpty();
    }

    @Test
    void aWrongPasswordIsOnUserAndPassword(Scenario test) {
        Map<String, List<String>> answers =
                Answers.to(test.database().connectionConfig(), Map.of("connection.password", "hunter2"));

        assertThat(answers).containsOnlyKeys("connection.user", "connection.password");
        assertThat(answers.toString()).contains("28P01").doesNotContain("hunter2");
    }

    @Test
    void aMissingPasswordIsOnThePassword(Scenario test) {
        assertThat(Answers.to(test.database().connectionConfig(), Map.of("connection.password", "")))
                .containsOnlyKeys("connection.password");
    }

    @Test
    void aDatabaseThatIsNotThereIsOnTheUrl(Scenario test) {
        Database gone = test.database().inDatabase("gone");

        assertThat(Answers.to(gone.connectionConfig()).get("connection.url"))
                .singleElement()
                .asString()
                .contains("database does not exist");
    }

    @Test
    void tlsThatTheServerLacksIsOnTheUrlWithWordsOnSslmode(Scenario test) {
        assertThat(Answers.to(test.database().connectionConfig(), Map.of("connection.sslmode", "verify-full"))
                        .get("connection.url"))
                .singleElement()
                .asString()
                .contains("connection.sslmode");
    }

    @Test
    void aPortWhereNobodyListensIsOnTheUrl() throws IOException {
        String url;
        try (SilentServer server = SilentServer.start()) {
            url = server.url();
        }

        assertThat(Answers.to(Map.of("connection.url", url)).get("connection.url"))
                .singleElement()
                .asString()
                .contains("nothing answers");
    }

    @Test
    void aServerThatNeverAnswersTakesNoLongerThanTheBudget() throws IOException {
        try (SilentServer server = SilentServer.start()) {
            assertAnswersInTime(server.url(), Duration.ofMillis(300));
        }
    }

    /** RFC 5737 sets this network aside for documentation: packets to it go nowhere. */
    @Test
    void aBlackHoleTakesNoLongerThanTheBudget() {
        assertAnswersInTime("jdbc:postgresql://192.0.2.1:5432/shop", Duration.ofMillis(700));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection.user", "connection.password", "connection.url"})
    void aSecretThatNobodyResolvedIsNotTried(String key) throws IOException {
        try (SilentServer server = SilentServer.start()) {
            Map<String, String> unresolved = key.equals("connection.url")
                    ? Map.of(key, server.url() + "?password=${vault:shop:password}")
                    : Map.of("connection.url", server.url(), key, "${vault:shop:password}");

            assertThat(Answers.to(unresolved)).isEmpty();
        }
    }

    @Test
    void atTheLevelOfSyntaxNobodyIsAsked() throws IOException {
        try (SilentServer server = SilentServer.start()) {
            assertThat(Answers.to(Map.of("connection.url", server.url(), "validation.level", "Syntax")))
                    .isEmpty();
        }
    }

    @Test
    void nobodyIsAskedWhereTheConnectionIsWrongAlready() throws IOException {
        try (SilentServer server = SilentServer.start()) {
            assertThat(Answers.to(Map.of("connection.url", server.url(), "connection.pasword", "x")))
                    .containsOnlyKeys("connection.pasword");
        }
    }

    @Test
    void otherMistakesAreToldTogetherWithTheLogins(Scenario test) {
        assertThat(Answers.to(
                        test.database().connectionConfig(),
                        Map.of("connection.password", "wrong", "batch.size", "many", "primary.key.mode", "maybe")))
                .containsOnlyKeys("connection.user", "connection.password", "batch.size", "pk.mode");
    }

    private static void assertAnswersInTime(String url, Duration budget) {
        Map<String, String> config =
                Map.of("connection.url", url, "connection.validation.timeout.ms", Long.toString(budget.toMillis()));
        long start = System.nanoTime();

        Map<String, List<String>> answers = Answers.to(config);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(budget.plus(SLACK));
        assertThat(answers).containsOnlyKeys("connection.url");
        assertThat(answers.get("connection.url")).singleElement().asString().startsWith("connection.url");
    }
}
