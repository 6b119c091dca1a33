package io.sluice.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.SinkConfig;
import io.sluice.failure.Failures;
import io.sluice.harness.Await;
import io.sluice.write.Sessions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that ask for too much, or keep whoever validates waiting. */
final class UntrustedServerIT {
    private static final Map<String, String> LOGIN =
            Map.of("connection.user", "sluice", "connection.password", "tr0ub4dor");
    private static final Await PATIENCE = Await.atMost(Duration.ofSeconds(30));

    @ParameterizedTest
    @ValueSource(strings = {"", "?sslmode=prefer", "?sslmode=allow", "?sslmode=disable", "?ssl=false"})
    void getNoPasswordInClearText(String parameters) throws IOException {
        try (FakeServer server = FakeServer.askingForThePassword()) {
            Map<String, List<String>> answers = Answers.to(LOGIN, Map.of("connection.url", server.url() + parameters));

            assertThat(answers).containsOnlyKeys("connection.password");
            assertThat(answers.toString())
                    .contains("clear text", "connection.sslmode", "connection.requireAuth")
                    .doesNotContain("tr0ub4dor");
            assertThat(server.logins()).isPositive();
            assertThat(server.passwords()).isZero();
        }
    }

    @Test
    void getNoneFromATaskEither() throws IOException {
        try (FakeServer server = FakeServer.askingForThePassword();
                Sessions sessions = Sessions.of(config(server, Map.of()), Thread::new)) {
            PATIENCE.until("an attempt", () -> {
                assertThatThrownBy(sessions::open).isInstanceOf(SQLException.class);
                return server.logins() > 0;
            });
            assertThatThrownBy(() -> Sessions.unpooled(config(server, Map.of()), Duration.ofSeconds(5))
                            .getConnection())
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .extracting(Failures::text)
                    .asString()
                    .contains("clear text");
            assertThat(server.passwords()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', password", "?requireAuth=password, ''"})
    void getOneWhereTheConfigurationSaysSo(String parameters, String allowed) throws IOException {
        try (FakeServer server = FakeServer.askingForThePassword()) {
            Map<String, String> settings = allowed.isEmpty() ? Map.of() : Map.of("connection.requireAuth", allowed);

            Answers.to(LOGIN, settings, Map.of("connection.url", server.url() + parameters));

            PATIENCE.until("a password", () -> server.passwords() > 0);
        }
    }

    /** Limits of the driver's for each answer, or for none, do not matter. */
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "?connectTimeout=0&socketTimeout=0, ''",
        "'', 0",
        "?loginTimeout=600, ''",
        "?socketFactory=io.sluice.validation.PlainSockets, ''",
    })
    void keepNoThreadOfAValidation(String parameters, String limit) throws IOException {
        try (FakeServer dripping = FakeServer.dripping();
                SilentServer silent = SilentServer.start()) {
            Map<String, String> settings = new LinkedHashMap<>(Map.of("connection.validation.timeout.ms", "700"));
            if (!limit.isEmpty()) {
                settings.put("connection.connectTimeout", limit);
                settings.put("connection.socketTimeout", limit);
            }
            Set<Thread> before = threads();
            for (String url : List.of(dripping.url(), silent.url())) {
                long began = System.nanoTime();
                assertThat(Answers.to(LOGIN, settings, Map.of("connection.url", url + parameters)))
                        .containsOnlyKeys("connection.url");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            }
            PATIENCE.until("the threads to end", () -> before.containsAll(threads()));
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sluice-validation")
                        || thread.getName().startsWith("PostgreSQL JDBC driver connection"))
                .collect(Collectors.toSet());
    }

    private static SinkConfig config(FakeServer server, Map<String, String> settings) {
        Map<String, String> config = new LinkedHashMap<>(LOGIN);
        config.put("connection.url", server.url());
        config.putAll(settings);
        return SinkConfig.parse(config);
    }
}
