package io.sluice.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SinkConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerTest {
    private static final Server GOOD =
            new Server(180_000, false, false, true, "sluice", "shop", 100, "max_connections 100");

    @Test
    void aGoodServerHasNoProblem() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @Test
    void aServerThatIsTooOldIsOnTheUrl() {
        Server old = new Server(130_015, false, false, true, "sluice", "shop", 100, "max_connections 100");

        assertThat(problems(old)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("connection.url");
            assertThat(problem.message()).contains("PostgreSQL 13");
        });
    }

    @Test
    void aStandbyIsOnTheUrl() {
        Server standby = new Server(180_000, true, true, true, "sluice", "shop", 100, "max_connections 100");

        assertThat(problems(standby)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("connection.url");
            assertThat(problem.message()).contains("targetServerType=primary");
        });
    }

    @Test
    void aReadOnlyRoleIsToldHowToWrite() {
        Server readOnly = new Server(180_000, false, true, true, "sluice", "shop", 100, "max_connections 100");

        assertThat(problems(readOnly))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .endsWith("ALTER ROLE \"sluice\" SET default_transaction_read_only = off;");
    }

    @Test
    void mergingByCopyNeedsTemporaryTablesAndInsertingDoesNot() {
        Server server = new Server(180_000, false, false, false, "sluice", "shop", 100, "max_connections 100");

        assertThat(problems(server, "write.method", "copy"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .endsWith("GRANT TEMPORARY ON DATABASE \"shop\" TO \"sluice\";");
        assertThat(problems(server, "write.method", "copy", "insert.mode", "insert"))
                .isEmpty();
        assertThat(problems(server, "write.method", "copy", "insert.mode", "insert", "delete.enabled", "true"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "unnest", "rows"})
    void otherMethodsDoWithoutTemporaryTables(String method) {
        Server server = new Server(180_000, false, false, false, "sluice", "shop", 100, "max_connections 100");

        assertThat(problems(server, "write.method", method)).isEmpty();
    }

    private static List<Problem> problems(Server server, String... settings) {
        Map<String, String> properties = new HashMap<>(Map.of("connection.url", "jdbc:postgresql://localhost/shop"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        Findings findings = new Findings();
        server.check(SinkConfig.parse(properties), properties, findings);
        return findings.close();
    }
}
