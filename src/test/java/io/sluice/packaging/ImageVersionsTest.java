package io.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions of the images are those of the build. */
final class ImageVersionsTest {

    private static final Path FOLDER = Path.of("docker");

    @Test
    void theCompositionHasTheVersionsOfTheBuild() throws IOException {
        assertThat(environment())
                .containsEntry("SLUICE_VERSION", System.getProperty("project.version"))
                .containsEntry("KAFKA_VERSION", System.getProperty("kafka.version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.plugin"})
    void anImageThatIsBuiltByHandHasThemToo(String file) throws IOException {
        assertThat(Files.readString(FOLDER.resolve(file)))
                .contains("ARG KAFKA_VERSION=" + System.getProperty("kafka.version") + "\n")
                .contains("ARG SLUICE_VERSION=" + System.getProperty("project.version") + "\n");
    }

    private static Properties environment() throws IOException {
        Properties environment = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(".env"))) {
            environment.load(reader);
        }
        return environment;
    }
}
