package io.sluice.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page is of a run with the versions that the matrix has now. */
final class CompatibilityPageTest {

    @Test
    void hasEveryVersion() throws IOException {
        String page = Files.readString(Path.of("src", "docs", "compatibility.md"));

        assertThat(Versions.KAFKA).allSatisfy(kafka -> assertThat(page).contains("\n| " + kafka + " | "));
        assertThat(Versions.POSTGRES)
                .allSatisfy(
                        postgres -> assertThat(page).contains(" PostgreSQL " + Versions.postgresName(postgres) + " |"));
        assertThat(Versions.JAVA).allSatisfy(java -> assertThat(page).contains("\n## Java " + java + " ("));
    }

    @Test
    void everyEndAndEveryAxisIsTried() {
        assertThat(Cell.axesAndCorners())
                .hasSize(14)
                .contains(
                        new Cell("3.9.2", "14.22.0", 25),
                        new Cell("4.3.1", "16.15.0", 17),
                        new Cell("4.1.2", "18.6.0", 17))
                .doesNotContain(new Cell("4.1.2", "16.15.0", 17));
    }
}
