package io.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as the Confluent clients, and whoever reviews a submission, look at it. */
final class ArchiveIT {
    private static final String NAME = "sluice-kafka-connect-postgres-" + System.getProperty("project.version");
    private static final ComponentArchive ARCHIVE = new ComponentArchive();

    @TempDir
    private static Path pluginDirectory;

    private static Path installed;
    private static JsonNode manifest;

    @BeforeAll
    static void install() throws IOException {
        installed = ARCHIVE.installInto(pluginDirectory);
        manifest = ComponentArchive.JSON.readTree(
                installed.resolve("manifest.json").toFile());
    }

    @Test
    void hasOneRootDirectoryThatIsNamedLikeTheZip() throws IOException {
        assertThat(ARCHIVE.zip.getFileName()).hasToString(NAME + ".zip");
        assertThat(ARCHIVE.entries()).extracting(ZipEntry::getName).allMatch(name -> name.startsWith(NAME + "/"));
    }

    @Test
    void installsWithoutAnExtraDirectory() throws IOException {
        assertThat(names(pluginDirectory)).containsExactly("sluice-kafka-connect-postgres");
        assertThat(names(installed))
                .contains("manifest.json", "lib", "doc")
                .isSubsetOf("manifest.json", "lib", "doc", "etc");
    }

    @Test
    void manifestNamesThisBuild() {
        assertThat(manifest.at("/owner/username").asText()).isEqualTo("sluice");
        assertThat(manifest.path("name").asText()).isEqualTo("kafka-connect-postgres");
        assertThat(manifest.path("version").asText()).isEqualTo(System.getProperty("project.version"));
        assertThat(manifest.path("release_date").asText())
                .isEqualTo(releaseTime().toLocalDate().toString());
    }

    @Test
    void manifestHasEveryFieldThatTheHubAsksFor() {
        assertThat(List.of("title", "description"))
                .allMatch(field -> !manifest.path(field).asText().isBlank());
        assertThat(List.of("/component_types", "/license", "/tags", "/requirements", "/features/delivery_guarantee"))
                .allMatch(list ->
                        manifest.at(list).isArray() && !manifest.at(list).isEmpty());
        assertThat(manifest.at("/license/0/url").asText()).startsWith("https://");
        assertThat(manifest.at("/owner/name").asText()).isNotBlank();
        assertThat(manifest.toString()).doesNotContain("${");
    }

    @Test
    void everyLogoThatTheManifestNamesIsThere() {
        assertThat(manifest.findValuesAsText("logo"))
                .allSatisfy(logo -> assertThat(installed.resolve(logo)).exists());
    }

    @Test
    void carriesReadmeAndLicence() {
        assertThat(installed.resolve("doc/README.md")).hasSameBinaryContentAs(Path.of("README.md"));
        assertThat(installed.resolve("doc/LICENSE")).hasSameBinaryContentAs(Path.of("LICENSE"));
    }

    @Test
    void carriesThePagesThatTheReadmeLinksTo() throws IOException {
        assertThat(Pattern.compile("\\]\\((src/docs/[^)]+)\\)")
                        .matcher(Files.readString(Path.of("README.md")).replace("\n", ""))
                        .results()
                        .map(link -> link.group(1)))
                .hasSizeGreaterThan(3)
                .allSatisfy(page ->
                        assertThat(installed.resolve("doc").resolve(page)).hasSameBinaryContentAs(Path.of(page)));
    }

    @Test
    void carriesEveryExampleConfiguration() throws IOException {
        Path examples = Path.of("config");
        try (Stream<Path> files = Files.walk(examples)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(installed.resolve("etc").resolve(examples.relativize(file)))
                            .hasSameBinaryContentAs(file));
        }
    }

    /** Connect walks the whole directory and loads what it finds. */
    @Test
    void hasNoJarOutsideItsLibrary() throws IOException {
        try (Stream<Path> files = Files.walk(installed)) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(jar|zip|class)")))
                    .isNotEmpty()
                    .allMatch(file -> file.getParent().equals(installed.resolve("lib")));
        }
    }

    @Test
    void stampsEveryEntryWithTheTimeOfTheRelease() throws IOException {
        assertThat(ARCHIVE.entries())
                .extracting(ZipEntry::getTimeLocal)
                .containsOnly(releaseTime().toLocalDateTime());
    }

    private static OffsetDateTime releaseTime() {
        return OffsetDateTime.parse(System.getProperty("project.build.outputTimestamp"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
