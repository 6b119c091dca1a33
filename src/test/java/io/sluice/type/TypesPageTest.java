package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TypesPageTest {
    private static final Path PAGE = Path.of("src", "docs", "types.md");
    private static final String COMMAND = "mvn test -Dtest=TypesPageTest -Ddocs.write";

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        String page = TypesPage.write();
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("%s is not what the code says any more. Write it anew with: %s", PAGE, COMMAND)
                .isEqualTo(page);
    }
}
