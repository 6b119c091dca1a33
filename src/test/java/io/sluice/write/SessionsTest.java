package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SinkConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionsTest {

    /** Where nobody answers any more the server's own limit says nothing. */
    @ParameterizedTest
    @CsvSource({"60000, 90", "2000, 32", "500, 30", "0, "})
    void theSocketWaitsLongerThanAnyStatementMayTake(String statement, @Nullable String socket) {
        SinkConfig config = SinkConfig.parse(
                Map.of("connection.url", "jdbc:postgresql://localhost/none", "statement.timeout.ms", statement));

        assertThat(Sessions.properties(config).getProperty("socketTimeout")).isEqualTo(socket);
    }
}
