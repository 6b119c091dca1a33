package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SettingsPageTest {
    private static final Path PAGE = Path.of("src", "docs", "settings.md");
    private static final String COMMAND = "mvn test -Dtest=SettingsPageTest -Ddocs.write";

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        String page = SettingsPage.write();
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("%s is not what the code says any more. Write it anew with: %s", PAGE, COMMAND)
                .isEqualTo(page);
    }

    @Test
    void everySettingHasARowToPointAt() {
        assertThat(SinkConfig.definition().names())
                .allSatisfy(key -> assertThat(SettingsPage.write()).containsOnlyOnce("<a id=\"" + key + "\"></a>"));
    }
}
