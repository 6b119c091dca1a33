package io.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    void everyLinkOfItsPagesLeadsSomewhere() throws IOException {
        try (Stream<Path> files = Files.walk(installed)) {
            assertThat(files.filter(file -> file.toString().endsWith(".md")).flatMap(ArchiveIT::links))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(target -> assertThat(target).exists());
        }
    }

    /** What relative links of a page lead to. */
    private static Stream<Path> links(Path page) {
        try {
            return Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)")
                    .matcher(Files.readString(page))
                    .results()
                    .map(link -> page.resolveSibling(link.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what is in the driver's jar Maven knows nothing; the jar itself carries a licence of each. */
    @Test
    void theBillOfMaterialsHasWhatTheDriverCarriesInside() throws IOException {
        JsonNode bill = ComponentArchive.JSON.readTree(
                installed.resolve("doc/sbom.cdx.json").toFile());
        List<String> listed = bill.path("components").findValuesAsText("purl");
        try (Stream<Path> licences = Files.walk(installed.resolve("doc/licenses/postgresql/META-INF/licenses"), 2)) {
            assertThat(licences.filter(path -> path.getFileName().toString().matches(".+-[0-9.]+")))
                    .isNotEmpty()
                    .allSatisfy(path -> {
                        String name = path.getFileName().toString();
                        int end = name.lastIndexOf('-');
                        assertThat(listed)
                                .contains("pkg:maven/" + path.getParent().getFileName() + "/" + name.substring(0, end)
                                        + "@" + name.substring(end + 1) + "?type=jar");
                    });
        }
        assertThat(listed).doesNotHaveDuplicates().anyMatch(purl -> purl.contains("/postgresql@"));
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
