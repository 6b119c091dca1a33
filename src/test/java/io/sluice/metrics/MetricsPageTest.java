package io.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricsPageTest {
    private static final Path PAGE = Path.of("src", "docs", "metrics.md");
    private static final String COMMAND = "mvn test -Dtest=MetricsPageTest -Ddocs.write";

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        String page = MetricsPage.write();
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("%s is not what the code says any more. Write it anew with: %s", PAGE, COMMAND)
                .isEqualTo(page);
    }

    @ParameterizedTest
    @EnumSource(Latency.class)
    void everyStepIsExplained(Latency step) {
        assertThat(MetricsPage.write()).contains("| `" + step.name().toLowerCase(Locale.ROOT) + "` |");
    }

    @Test
    void namesAreHyphenedAsKafkaHasThem() {
        assertThat(Attribute.of(SinkTaskMXBean.class))
                .extracting(Attribute::hyphened)
                .contains("rows-written-total", "queue-fill", "seconds-paused-by-table-total");
        assertThat(Attribute.of(SinkLatencyMXBean.class))
                .extracting(Attribute::hyphened)
                .contains("p99-millis", "count-total");
    }
}
